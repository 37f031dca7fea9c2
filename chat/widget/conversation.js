import { make } from "./dom.js";
import { Problem } from "./api.js";
import { renderButtons, renderMessage, renderOwn, restButtons } from "./messages.js";

/**
 * @typedef {import("./api.js").Button} Button
 * @typedef {import("./words.js").Words} Words
 */

const UNSIGNED = ["request_help", "show_topics", "start_again", "delete_chat", "speak_english", "speak_welsh"];
const SPEAKS = { speak_english: "en", speak_welsh: "cy" };

/** A button's action without its signature. */
const unsign = (action) => action.replace(/\.[^.]*$/, "");

/**
 * One conversation with the chat API, in memory only. What is said waits its turn, so answers come in order.
 *
 * @param {{api: any, view: any, profile: object, getWords: () => Words,
 *          setLanguage: (language: string) => void, restore: (text: string) => void}} options
 *        `profile` is what the page knows; `restore` gives back words that could not be sent
 */
export function makeConversation({ api, view, profile, getWords, setLanguage, restore }) {
  const { log, waiting, input } = view;
  let id = null;
  let queue = Promise.resolve();
  let unanswered = 0;
  let failure = null;
  let generation = 0; // counts forgettings: an answer to a forgotten conversation is not shown

  const add = (element) => log.appendChild(element);
  const show = (messages) => messages.map((message) => add(renderMessage(message, getWords(), press)));
  const bringUp = (element) => element?.scrollIntoView({ block: "start", inline: "nearest" });

  /** Runs a task when those before it are done, with the waiting line shown meanwhile. */
  const enqueue = (task) => {
    const mine = generation;
    unanswered += 1;
    waiting.textContent = getWords().say("waiting");
    queue = queue.then(() => mine === generation && task(() => mine === generation)).finally(() => {
      unanswered -= 1;
      if (!unanswered) waiting.textContent = "";
    });
    return queue;
  };

  const begin = async () => {
    const mine = generation;
    const { language } = getWords();
    const answer = await api.startConversation({ ...profile, language }).catch((error) => {
      if (error.status !== 422) throw error;
      return api.startConversation({ language }); // what the page said it knows was no use: chat without it
    });
    if (mine === generation) id = answer.conversation;
    else api.forget(answer.conversation);
    return answer;
  };

  /** Says one thing. @param {{text: string}|{action: string}} said @param {string} label @param {HTMLElement} [group] */
  const say = (said, label, group) => {
    const own = add(renderOwn(label, getWords()));
    bringUp(own);
    if (group) restButtons(group, true);
    return enqueue(async (isCurrent) => {
      try {
        if (!id) await begin();
        const asked = said.action && unsign(said.action);
        if (!isCurrent()) return;
        const answer = await api.send(id, UNSIGNED.includes(asked) ? { action: asked } : said);
        if (isCurrent()) receive(answer, asked, own);
      } catch (error) {
        if (!isCurrent()) return;
        own.remove();
        if (said.text) restore(said.text);
        fail(error, said.text ? "failed_text" : "failed", said.text ? null : { said, label, group });
      } finally {
        if (group) restButtons(group, false);
      }
    });
  };

  const receive = (answer, asked, own) => {
    clearRetry();
    if (SPEAKS[asked] ?? answer.language) setLanguage(SPEAKS[asked] ?? answer.language);
    if (asked === "delete_chat:now") {
      id = null;
      log.replaceChildren();
      input.focus(); // the button that was pressed is gone
    }
    show(answer.messages);
    if (own.isConnected) bringUp(own);
  };

  /** Says what went wrong, in place, with who can help and a way to try again. */
  const fail = (error, key, again) => {
    if (!(error instanceof Problem)) reportError(error);
    if (error.isGone) id = null;
    clearRetry();
    const words = getWords();
    const [notice] = show([{ type: "notice", text: error.detail || words.say(key) }]);
    show(error.messages?.length ? error.messages : [{ type: "helplines", helplines: words.helplines }]);
    failure = add(make("div", { class: "message", lang: words.language },
      renderButtons([{ label: words.say("try_again"), action: "" }], () => retry(again))));
    bringUp(notice);
  };

  const retry = (again) => {
    clearRetry();
    if (again) say(again.said, again.label, again.group?.isConnected ? again.group : undefined);
    else if (input.value.trim()) view.form.requestSubmit();
    else start();
    input.focus(); // the button that was pressed is gone
  };

  const clearRetry = () => {
    failure?.remove();
    failure = null;
  };

  /** @param {Button} button @param {HTMLElement} group */
  const press = (button, group) => say({ action: button.action }, button.label, group);

  const start = () => enqueue(async (isCurrent) => {
    try {
      const answer = await begin();
      if (isCurrent()) show(answer.messages);
    } catch (error) {
      if (isCurrent()) fail(error, "failed", null);
    }
  });

  return {
    start,
    sayText: (text) => say({ text }, text),
    sayAction: (action, label) => say({ action }, label),
    /** Deletes the conversation here and on the server, without waiting. */
    forget: () => {
      generation += 1;
      if (id) api.forget(id);
      id = null;
      log.replaceChildren();
      input.value = "";
    },
  };
}
