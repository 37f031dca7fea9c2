import { make } from "./dom.js";

/** @typedef {ReturnType<typeof makeView>} View */

export const LONGEST = 2000; // characters in one message, as the API has it
const COUNT_FROM = 200; // characters left when the counter shows
const NARROW = 479; // pixels, as in style.css: then the panel fills the screen
const LOW = 430;
const KEYBOARD_LEAVES = 300; // pixels above a phone's keyboard that are little

/** @param {string} name @param {Record<string, any>} [attributes] */
const button = (name, attributes = {}) => make("button", { type: "button", class: name, ...attributes });

/** Everything but the messages, with no words in it yet: showWords puts them in. @param {URL} stylesheet */
export function makeView(stylesheet) {
  const title = make("h2", { id: "title", tabindex: "-1", "data-word": "name" });
  const languageButton = button("quiet language", { "data-word": "other_language" });
  const helpButton = button("help-button", { "aria-expanded": "false", "aria-controls": "help", "data-word": "help" });
  const exitButton = button("exit", { "aria-describedby": "exit-hint", "data-word": "exit" });
  const closeButton = button("quiet close", { "data-label": "close" });
  closeButton.append(make("span", { "aria-hidden": "true" }, "×"));
  const settingsButton = button("quiet settings-button", { "aria-expanded": "false", "aria-controls": "settings" });
  settingsButton.append(
    make("span", { "data-word": "settings_mark" }), " ", make("span", { class: "unseen", "data-word": "settings" }));
  const exitHint = make("span", { id: "exit-hint", hidden: true, "data-word": "exit_hint" });
  const bar = make("div", { class: "bar" },
    title, settingsButton, languageButton, helpButton, exitButton, exitHint, closeButton);

  const log = make("div", {
    class: "log", role: "log", tabindex: "0", "aria-live": "polite", "aria-relevant": "additions", "data-label": "log",
  });
  const waiting = make("p", { class: "waiting", role: "status" });
  const hushButton = button("hush", { hidden: true, "data-word": "hush" });
  const input = make("textarea", {
    id: "input", rows: "1", maxlength: LONGEST, autocomplete: "off", enterkeyhint: "send", "aria-describedby": "footnote",
  });
  const label = make("label", { for: "input", class: "unseen", "data-word": "input" });
  const counter = make("p", { class: "counter", "aria-hidden": "true", hidden: true });
  const send = make("button", { class: "send", "data-word": "send" });
  const form = make("form", {}, label, make("div", { class: "row" }, input, send), counter);
  const footnote = make("p", { id: "footnote", class: "footnote", "data-word": "footnote" });
  const conversation = make("div", { class: "conversation" }, log, waiting, hushButton, form, footnote);

  /** @param {string} id */
  const makeSheet = (id) => make("section", {
    id, class: `sheet ${id}`, role: "dialog", "aria-labelledby": `${id}-title`, tabindex: "-1", hidden: true,
  });
  const help = makeSheet("help");
  const settings = makeSheet("settings");
  const announcer = make("p", { class: "unseen", role: "status" });
  const body = make("div", { class: "body" }, conversation, help, settings);
  const panel = make("dialog", { class: "panel", "aria-labelledby": "title" }, bar, body, announcer);
  const launcher = button("launcher", { "aria-haspopup": "dialog", "data-word": "open" });
  const root = make("div", { class: "lantern", hidden: true }, launcher, panel);

  const link = make("link", { rel: "stylesheet", href: stylesheet });
  for (const event of ["load", "error"]) link.addEventListener(event, () => { root.hidden = false; });

  return {
    link, root, launcher, panel, title, settingsButton, languageButton, helpButton, exitButton, closeButton,
    conversation, log, waiting, hushButton, form, sendButton: send, input, counter, help, settings, announcer,
  };
}

/**
 * Grows the box with its text and shows how much room is left, near the end.
 * @param {View} view @param {import("./words.js").Words} words
 */
export function fitInput({ input, counter, announcer }, words) {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  const left = LONGEST - input.value.length;
  const text = words.say("characters_left", { count: left });
  counter.hidden = left > COUNT_FROM;
  counter.textContent = text;
  if (!counter.hidden && left % 50 === 0) announcer.textContent = text;
}

/**
 * Shows the panel: beside the page, or over all of it on a narrow screen.
 * @param {View} view @param {{takesFocus: boolean, isFullPage: boolean}} options
 */
export function openPanel({ panel, launcher, title, input }, { takesFocus, isFullPage }) {
  const fillsScreen = isNarrow() && !isFullPage;
  launcher.hidden = true;
  if (fillsScreen) panel.showModal();
  else panel.setAttribute("open", "");
  if (takesFocus) (fillsScreen ? title : input).focus(); // on a phone, focus in the box would raise its keyboard
}

/** @param {View} view */
export function showLauncher({ launcher }) {
  launcher.hidden = false;
  launcher.focus();
}

export const isNarrow = () => matchMedia(`(max-width: ${NARROW}px), (max-height: ${LOW}px)`).matches;

/**
 * Keeps a full-screen panel above a phone's keyboard. Where little is left, all under the header scrolls as one.
 * @param {View} view @param {AbortSignal} signal
 */
export function followKeyboard({ panel, input }, signal) {
  const screen = window.visualViewport;
  const fit = () => {
    if (screen && Math.abs(screen.scale - 1) > 0.01) return; // pinched: the person has chosen what to see
    const height = screen?.height ?? innerHeight;
    panel.style.setProperty("--screen-height", `${height}px`);
    panel.style.setProperty("--screen-top", `${screen?.offsetTop ?? 0}px`);
    const wasLow = panel.classList.contains("low");
    const isLow = panel.classList.toggle("low", innerHeight <= LOW || height <= KEYBOARD_LEAVES);
    if (isLow && !wasLow && input.matches(":focus")) input.scrollIntoView({ block: "nearest" });
  };
  for (const event of ["resize", "scroll"]) (screen ?? window).addEventListener(event, fit, { signal });
  fit();
}
