import { make } from "./dom.js";
import { renderHelplines } from "./helplines.js";

/** @typedef {import("./words.js").Words} Words */

/**
 * The Help panel: the lines for everyone, from memory, so it opens at once with no network. It covers the conversation
 * but not the header, so Exit stays where it always is.
 *
 * @param {{view: any, ask: (action: string, label: string) => void}} options `ask` sends a press to the conversation
 */
export function makeHelp({ view, ask }) {
  const { help, helpButton, conversation } = view;
  let cameFrom = null;

  const close = () => {
    if (help.hidden) return;
    help.hidden = true;
    conversation.inert = false;
    helpButton.setAttribute("aria-expanded", "false");
    cameFrom?.focus();
  };

  /** @param {Words} words */
  const open = (words) => {
    fill(words);
    cameFrom = help.getRootNode().activeElement ?? helpButton;
    help.hidden = false;
    conversation.inert = true;
    helpButton.setAttribute("aria-expanded", "true");
    help.scrollTop = 0;
    help.querySelector("h2").focus();
  };

  /** @param {Words} words */
  const fill = (words) => {
    const choose = (action) => () => {
      close();
      ask(action, words.say(`action.${action}`));
    };
    const choices = ["request_help", "show_topics", "start_again", "delete_chat"].map((action) =>
      make("button", { type: "button", class: "choice", onclick: choose(action) }, words.say(`action.${action}`)));
    help.replaceChildren(
      make("h2", { id: "help-title", tabindex: "-1" }, words.say("help_title")),
      make("p", {}, words.say("help_intro")),
      renderHelplines(words.helplines, words),
      make("h3", {}, words.say("this_chat")),
      make("div", { class: "buttons" }, ...choices),
      make("h3", {}, words.say("leaving_title")),
      make("p", {}, words.say("leaving")),
      make("button", { type: "button", class: "back", onclick: close }, words.say("help_close")),
    );
  };

  const toggle = (words) => (help.hidden ? open(words) : close());

  return { toggle, close, fill, get isOpen() { return !help.hidden; } };
}
