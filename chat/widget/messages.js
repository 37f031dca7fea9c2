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

/**
 * One message of Lantern's. A type not known here still shows its text, its lines and its buttons.
 * @param {Message} message @param {Words} words @param {Press} press
 */
export function renderMessage(message, words, press) {
  const newTab = make("span", { class: "unseen" }, ` ${words.say("new_tab")}`);
  const { type, title, text, picture, copy, helplines, buttons } = message;
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
    bubble,
    helplines?.length ? renderHelplines(helplines, words) : null,
    buttons?.length ? renderButtons(buttons, press) : null,
  );
}

/** What the person said, word for word. @param {string} text @param {Words} words */
export function renderOwn(text, words) {
  const bubble = make("div", { class: "bubble" }, renderSpeaker(words, "you"), make("p", {}, text));
  return make("div", { class: "message from-you", lang: words.language }, bubble);
}

/** @param {Button[]} buttons @param {Press} press */
export function renderButtons(buttons, press) {
  const group = make("div", { class: "buttons" });
  for (const button of buttons) {
    const onclick = () => group.getAttribute("aria-busy") !== "true" && press(button, group);
    group.append(make("button", { type: "button", class: "choice", onclick }, button.label));
  }
  return group;
}

/** Rests a group of buttons while its answer is on the way. They keep their place in the focus order. */
export function restButtons(group, isResting) {
  group.setAttribute("aria-busy", String(isResting));
  for (const button of group.children) {
    if (isResting) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

/** Who speaks, for people who hear the page: colour and side say it to the others. */
function renderSpeaker(words, who) {
  return make("span", { class: "unseen" }, `${words.say(`speaker.${who}`)} `);
}
