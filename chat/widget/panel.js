import { makeAloud } from "./aloud.js";
import { makeConversation } from "./conversation.js";
import { leave, NEUTRAL_PAGE, watchShift } from "./exit.js";
import { renderHelp } from "./help.js";
import { makeKeeper } from "./keep.js";
import { makeLook, USUAL } from "./look.js";
import { renderSettings } from "./settings.js";
import { makeSheets } from "./sheets.js";
import { followKeyboard, isNarrow, openPanel, showLauncher } from "./view.js";
import { showWords } from "./words.js";
import { makeWriting } from "./writing.js";

/** @typedef {import("./words.js").Words} Words */

/** @type {Record<string, string>} */
const OTHER = { en: "cy", cy: "en" };

/**
 * Puts the parts of the chat together and listens to its buttons.
 *
 * @param {{element: HTMLElement, api: import("./api.js").Api, view: import("./view.js").View, wordsIn: (language: string) => Words,
 *          site: import("./words.js").Site, language: string, profile: Record<string, string>, signal: AbortSignal}} options
 *        the attributes of `element` are what the page wants, before the site; `signal` ends it all
 * @returns {{open: () => void, close: () => void, exit: () => void, forget: () => void}}
 */
export function makePanel({ element, api, view, wordsIn, site, language, profile, signal }) {
  const isFullPage = element.dataset.fullPage === "true";
  let words = wordsIn(language);
  let wasOpened = false;
  const look = makeLook({ root: view.root, colours: site.colours, signal });
  const keeper = makeKeeper(site.keeps_conversation === true);
  const aloud = makeAloud({ onspeaking: (isSpeaking) => { view.hushButton.hidden = !isSpeaking; } });
  const sheets = makeSheets(view);
  /** @param {"lantern-open"|"lantern-close"} name */
  const announce = (name) => element.dispatchEvent(new CustomEvent(name, { bubbles: true }));

  /** @param {string} next */
  const setLanguage = (next) => {
    words = wordsIn(next);
    view.root.lang = words.language;
    view.languageButton.lang = OTHER[words.language];
    showWords(view.root, words);
    sheets.refill();
  };
  const keep = () => {
    const { state } = conversation;
    if (state) keeper.save({ ...state, isOpen: view.panel.open, look: look.get() });
    else keeper.clear();
  };
  const writing = makeWriting({ view, getWords: () => words, say: (text) => conversation.sayText(text) });
  const conversation = makeConversation({
    api, view, profile, wordsIn, setLanguage, restore: writing.restore, aloud, onchange: keep,
    getWords: () => words,
    getTip: () => [words.say("tip"), keeper.isAllowed && words.say("kept")].filter(Boolean).join(" "),
  });
  const help = {
    sheet: view.help,
    button: view.helpButton,
    fill: () => view.help.replaceChildren(...renderHelp(words, { ask: conversation.sayAction, close: sheets.close })),
  };
  const settings = {
    sheet: view.settings,
    button: view.settingsButton,
    fill: () => view.settings.replaceChildren(...renderSettings(words, {
      look, aloud, isSimple: conversation.isSimple, close: sheets.close, onlook: keep,
      onsimple: (on) => conversation.setSimple(on, words.say(on ? "simpler" : "usual")),
      onaloud: (on) => {
        aloud.turn(on);
        conversation.readLast();
      },
    })),
  };

  const begin = () => {
    if (wasOpened) return;
    wasOpened = true;
    conversation.start();
  };
  const open = (takesFocus = true) => {
    if (view.panel.open) return;
    openPanel(view, { takesFocus, isFullPage });
    announce("lantern-open");
    begin();
    keep();
  };
  const close = () => {
    aloud.stop();
    sheets.close();
    if (isFullPage) return;
    view.panel.close();
    keep();
  };
  const forget = () => {
    conversation.forget();
    look.set(USUAL);
    aloud.turn(false);
    close();
    keeper.clear();
    wasOpened = false;
  };
  const exit = () => leave({
    url: element.dataset.exitUrl || site.exit_url || NEUTRAL_PAGE, label: words.say("exit_leaving"), forget,
  });
  /** Esc, or a phone's own Back. @param {Event} event */
  const goBack = (event) => {
    event.preventDefault();
    (sheets.isOpen ? sheets.close : close)();
  };

  view.launcher.addEventListener("click", () => open());
  view.closeButton.addEventListener("click", close);
  view.exitButton.addEventListener("click", exit);
  view.helpButton.addEventListener("click", () => sheets.toggle(help));
  view.settingsButton.addEventListener("click", () => sheets.toggle(settings));
  view.languageButton.addEventListener("click", () => {
    aloud.stop();
    conversation.switchLanguage(OTHER[words.language], words.say("other_language"));
  });
  view.hushButton.addEventListener("click", () => {
    aloud.stop();
    view.input.focus(); // the button that was pressed is gone
  });
  view.panel.addEventListener("cancel", goBack);
  view.panel.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && !event.isComposing && goBack(event));
  view.panel.addEventListener("close", () => {
    showLauncher(view);
    announce("lantern-close");
  });
  watchShift({
    signal,
    onpress: (left) => {
      if (wasOpened && left === 1) view.announcer.textContent = words.say("exit_once_more");
    },
    onleave: () => wasOpened && exit(),
  });
  // Left in another way than by Exit: the page may stay in the browser's memory, and Back must show nothing.
  addEventListener("pagehide", () => (keeper.isAllowed ? aloud.stop() : forget()), { signal });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && keeper.isAllowed && !keeper.load()) forget();
    if (persisted && isFullPage) begin();
  }, { signal });
  followKeyboard(view, signal);
  setLanguage(language);

  const kept = keeper.load();
  if (kept) {
    wasOpened = true;
    look.set(kept.look);
    conversation.resume(kept);
  }
  const opensItself = kept ? kept.isOpen : element.dataset.open === "true";
  if (isFullPage || (opensItself && !isNarrow())) open(false);
  return { open, close, exit, forget };
}
