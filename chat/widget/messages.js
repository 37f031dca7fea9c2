import { renderCopy } from "./copy.js";
import { make } from "./dom.js";
import { renderHelplines } from "./helplines.js";
import { renderText } from "./markdown.js";

/**
 * @typedef {import("./api.js").Message} Message
 * @typedef {import("./api.js").Button} Button
 * @typedef {import("./words.js").Words} Words
 * @typedef {(button: Button, group: HTMLElement) => void} Press
 */

const STEP = /^show_activities:\w+\/\w+\/|^build_message:/; // what such a button leads to is the next step

/**
 * One message of Lantern's. A type not known here still shows its text, its lines and its buttons.
 * @param {Message} message @param {Words} words @param {Press} press
 */
export function renderMessage(message, words, press) {
  const newTab = make("span", { class: "unseen" }, ` ${words.say("new_tab")}`);
  const { type, title, text, picture, copy, helplines, buttons, activity } = message;
  const body = text ? make("p", {}, renderText(text, newTab)) : null;
  const bubble = title || text
    ? make("div", { class: "bubble" },
      renderSpeaker(words, "lantern"),
      picture ? make("img", { class: "picture", src: words.locate(picture.src), alt: picture.alt }) : null,
      title ? make("strong", { class: "title" }, title) : null,
      body,
      body && copy ? renderCopy(body, words) : null)
    : null;
  return make(
    "div",
    { class: `message from-lantern ${["notice", "card"].includes(type) ? type : ""}`, lang: words.language },
    activity ? renderStage(activity, words) : null,
    bubble,
    helplines?.length ? renderHelplines(helplines, words) : null,
    ...renderChoices(buttons ?? [], text, press),
  );
}

/** Where in a story, quiz or check this is: in words, and as dots for the questions. No marks are given. @param {import("./api.js").Activity} activity @param {Words} words */
function renderStage({ kind, title, step = 0, steps = 0, over }, words) {
  const said = [words.say(`activity.${kind}`, { title })];
  if (steps) said.push(words.say("activity.step", { step, steps }));
  if (over) said.push(words.say("activity.over"));
  const dots = Array.from({ length: steps }, (_, place) => make("i", { class: place < step ? "done" : null }));
  return make("div", { class: "stage" },
    make("p", {}, make("strong", {}, said[0]), ...said.slice(1).map((part) => ` · ${part}`)),
    dots.length ? make("div", { class: "dots", "aria-hidden": "true" }, ...dots) : null);
}

/** The choices of a step, one below the other, and apart from them what else can be pressed. @param {Button[]} buttons @param {string|undefined} text @param {Press} press */
function renderChoices(buttons, text = "", press) {
  const choices = buttons.filter(({ action }) => STEP.test(action));
  const others = buttons.filter(({ action }) => !STEP.test(action));
  return [
    choices.length ? renderButtons(choices, press, { class: "buttons steps", role: "group", "aria-label": text.replaceAll("*", "") }) : null,
    others.length ? renderButtons(others, press) : null,
  ];
}

/** What the person said, word for word. @param {string} text @param {Words} words */
export function renderOwn(text, words) {
  const bubble = make("div", { class: "bubble" }, renderSpeaker(words, "you"), make("p", {}, text));
  return make("div", { class: "message from-you", lang: words.language }, bubble);
}

/** @param {Button[]} buttons @param {Press} press @param {Record<string, string>} [attributes] */
export function renderButtons(buttons, press, attributes = { class: "buttons" }) {
  const group = make("div", attributes);
  for (const button of buttons) {
    const onclick = () => group.getAttribute("aria-busy") !== "true" && press(button, group);
    group.append(make("button", { type: "button", class: "choice", onclick }, button.label));
  }
  return group;
}

/** Rests a group of buttons while its answer is on the way. They keep their place in the focus order. @param {HTMLElement} group @param {boolean} isResting */
export function restButtons(group, isResting) {
  group.setAttribute("aria-busy", String(isResting));
  for (const button of group.children) {
    if (isResting) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

/** Who speaks, for people who hear the page: colour and side say it to the others. @param {Words} words @param {"lantern"|"you"} who */
function renderSpeaker(words, who) {
  return make("span", { class: "unseen" }, `${words.say(`speaker.${who}`)} `);
}
