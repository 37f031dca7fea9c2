import { make } from "./dom.js";
import { renderHelplines } from "./helplines.js";

/** @typedef {import("./words.js").Words} Words */

/**
 * What the Help sheet holds: the lines for everyone, from memory, so it opens at once with no network; ways on in the
 * chat; and what leaving fast does and does not do.
 *
 * @param {Words} words
 * @param {{ask: (action: string, label: string) => void, close: () => void}} presses `ask` sends one to the conversation
 */
export function renderHelp(words, { ask, close }) {
  /** @param {string} action */
  const choose = (action) => () => {
    close();
    ask(action, words.say(`action.${action}`));
  };
  const choices = ["request_help", "show_topics", "start_again", "delete_chat"].map((action) =>
    make("button", { type: "button", class: "choice", onclick: choose(action) }, words.say(`action.${action}`)));
  const stays = ["history", "bill", "filter"].map((trace) => make("li", {}, words.say(`not_hidden.${trace}`)));
  return [
    make("h2", { id: "help-title", tabindex: "-1" }, words.say("help_title")),
    make("p", {}, words.say("help_intro")),
    renderHelplines(words.helplines, words),
    make("h3", {}, words.say("this_chat")),
    make("div", { class: "buttons" }, ...choices),
    make("h3", {}, words.say("leaving_title")),
    make("p", {}, words.say("leaving")),
    make("p", {}, words.say("not_hidden")),
    make("ul", { class: "points" }, ...stays),
    make("button", { type: "button", class: "back", onclick: close }, words.say("help_close")),
  ];
}
