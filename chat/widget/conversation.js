import { make } from "./dom.js";
import { makeFailure } from "./failure.js";
import { restButtons } from "./messages.js";
import { ACTION_OF, DELETE_NOW, LANGUAGE_OF, SIMPLER, USUAL, makeSession, unsign } from "./session.js";
import { makeTranscript } from "./transcript.js";
import { makeQueue } from "./waiting.js";

/**
 * @typedef {import("./api.js").Button} Button
 * @typedef {import("./api.js").Message} Message
 * @typedef {import("./api.js").Said} Said
 * @typedef {import("./words.js").Words} Words
 * @typedef {() => boolean} IsCurrent false when the conversation was forgotten meanwhile
 * @typedef {{said: Said, label: string, group?: HTMLElement}} Again what to say again
 */

const PLAYS = /^show_activities\b/; // asked again in another language, it shows the same step of a story

/**
 * One conversation, as it is talked. What is said waits its turn, so answers come in order.
 *
 * @param {{api: import("./api.js").Api, view: import("./view.js").View, profile: Record<string, string>, getWords: () => Words, wordsIn: (language: string) => Words,
 *          getTip: () => string, setLanguage: (language: string) => void, restore: (text: string) => void,
 *          aloud: import("./aloud.js").Aloud, onchange: () => void}} options
 *        `profile` is what the page knows; `restore` gives back words that could not be sent; `onchange` hears when
 *        something was answered
 */
export function makeConversation({
  api, view, profile, getWords, wordsIn, getTip, setLanguage, restore, aloud, onchange,
}) {
  const { log, input } = view;
  /** @type {string|null} */
  let place = null; // the action that shows again what is open

  /** @param {Button} button @param {HTMLElement} group */
  const press = (button, group) => say({ action: button.action }, button.label, { group });
  const session = makeSession({ api, profile, getLanguage: () => getWords().language });
  const transcript = makeTranscript({ view, getWords, wordsIn, press, aloud });
  const failure = makeFailure({ log, transcript, getWords });
  const queue = makeQueue({ view, getWords });

  /** Runs a task in its turn, unless the conversation was forgotten meanwhile. @param {(isCurrent: IsCurrent) => Promise<unknown>} task */
  const enqueue = (task) => {
    const isCurrent = session.watch();
    return queue.enqueue(async () => {
      if (!isCurrent()) return;
      await task(isCurrent);
      if (isCurrent()) onchange();
    });
  };

  /** @param {Message[]} messages @param {IsCurrent} isCurrent @param {HTMLElement} [own] */
  const show = (messages, isCurrent, own) => {
    queue.answered();
    failure.clear();
    return transcript.show(messages, isCurrent, own);
  };

  const clear = () => {
    place = null;
    failure.clear();
    transcript.clear();
  };

  /**
   * Says one thing.
   * @param {Said} said @param {string} label @param {{group?: HTMLElement, keepsPlace?: boolean}} [how]
   */
  const say = (said, label, { group, keepsPlace } = {}) => {
    aloud.stop();
    const own = transcript.putOwn(label, { keepsPlace });
    const asked = unsign(said.action);
    if (group) restButtons(group, true);
    return enqueue(async (isCurrent) => {
      try {
        const answer = await session.send(said);
        if (!answer) return;
        if (asked === DELETE_NOW) await showGone(answer.messages, isCurrent);
        else await receive(answer, said.action ?? "", isCurrent, own.element);
      } catch (error) {
        if (!isCurrent()) return;
        if (asked === DELETE_NOW) await failToDelete(error, { said, label }, isCurrent);
        else {
          own.takeBack();
          if (said.text) restore(said.text);
          fail(error, said.text ? "failed_text" : "failed", said.text ? undefined : { said, label, group });
        }
      } finally {
        if (group) restButtons(group, false);
      }
    });
  };

  /** @param {import("./api.js").Answer} answer @param {string} action @param {IsCurrent} isCurrent @param {HTMLElement} own */
  const receive = async (answer, action, isCurrent, own) => {
    const asked = unsign(action);
    const language = LANGUAGE_OF[asked] ?? answer.language;
    if (language) setLanguage(language);
    let { messages } = answer;
    if (!LANGUAGE_OF[asked]) place = PLAYS.test(asked) ? action : null;
    else if (place) {
      const again = await session.send({ action: place }).catch(() => null);
      if (!isCurrent()) return;
      if (again) messages = [{ ...messages[0], buttons: [] }, ...again.messages];
    }
    await show(messages, isCurrent, own);
  };

  /** Deleted. The server is asked once more, and what it says is shown. @param {Message[]} messages @param {IsCurrent} isCurrent */
  const showGone = async (messages, isCurrent) => {
    const gone = session.drop() ?? "";
    clear();
    input.focus(); // the button that was pressed is gone
    await show(messages, isCurrent);
    const isGone = await api.isGone(gone);
    if (isCurrent()) transcript.put({ type: "notice", text: getWords().say(isGone ? "gone_proof" : "gone_unknown") });
  };

  /** @param {any} error @param {Again} again @param {IsCurrent} isCurrent */
  const failToDelete = (error, again, isCurrent) => {
    if (error.isGone) return showGone([], isCurrent);
    clear();
    return fail(error, "gone_not_yet", again);
  };

  /** @param {any} error @param {string} key @param {Again} [again] */
  const fail = (error, key, again) => {
    if (error.isGone) session.drop();
    failure.show(error, { key, isOwnWords: key === "gone_not_yet", onretry: () => {
      if (again) say(again.said, again.label, { group: again.group?.isConnected ? again.group : undefined });
      else if (input.value.trim()) view.sendButton.click();
      else if (!session.isOpen) start();
      input.focus(); // the button that was pressed is gone
    } });
  };

  const start = () => {
    clear();
    log.append(make("p", { class: "tip", lang: getWords().language }, getTip()));
    enqueue(async (isCurrent) => {
      try {
        const answer = await session.begin();
        if (isCurrent()) await show(answer.messages, isCurrent);
      } catch (error) {
        if (isCurrent()) fail(error, "failed");
      }
    });
  };

  return {
    start,
    /** @param {string} text */
    sayText: (text) => say({ text }, text),
    /** @param {string} action @param {string} label */
    sayAction: (action, label) => say({ action }, label),
    /** Changes the language at once, also with no network. @param {string} next @param {string} label */
    switchLanguage: (next, label) => {
      setLanguage(next);
      if (transcript.hasSpoken) say({ action: ACTION_OF[next] }, label, { keepsPlace: true });
      else {
        session.forget();
        start();
      }
    },
    get isSimple() { return session.isSimple; },
    /** @param {boolean} on @param {string} label */
    setSimple: (on, label) => {
      session.isSimple = on;
      say({ action: on ? SIMPLER : USUAL }, label);
    },
    readLast: () => {
      const last = [...log.querySelectorAll(".from-lantern")].pop();
      if (last instanceof HTMLElement) aloud.read(last);
    },
    /** Ends it here and on the server, without waiting. */
    forget: () => {
      session.forget();
      clear();
      input.value = "";
    },
    /** What a site may let stay over a change of page; null when there is no conversation. */
    get state() { return session.state && { ...session.state, shown: transcript.shown }; },
    /** @param {import("./keep.js").Kept} kept */
    resume: (kept) => {
      session.resume(kept);
      setLanguage(kept.language);
      transcript.resume(kept.shown);
    },
  };
}
