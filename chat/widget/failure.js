import { Problem } from "./api.js";
import { make } from "./dom.js";
import { renderButtons } from "./messages.js";

/**
 * What went wrong, in place in the log, with who can help and a way to try again.
 *
 * @param {{log: HTMLElement, transcript: import("./transcript.js").Transcript, getWords: () => import("./words.js").Words}} options
 */
export function makeFailure({ log, transcript, getWords }) {
  /** @type {HTMLElement|null} */
  let again = null;

  const clear = () => {
    again?.remove();
    again = null;
  };

  return {
    clear,
    /**
     * @param {any} error @param {{key: string, isOwnWords?: boolean, onretry: () => void}} options
     *        `key` is of the words when the server has none, or before all with `isOwnWords`
     */
    show: (error, { key, isOwnWords, onretry }) => {
      if (!(error instanceof Problem)) reportError(error);
      clear();
      const words = getWords();
      const said = words.say(navigator.onLine ? key : key.replace("failed", "offline"));
      const notice = transcript.put({ type: "notice", text: (!isOwnWords && error.detail) || said });
      const help = error.messages?.length ? error.messages : [{ type: "helplines", helplines: words.helplines }];
      for (const message of help) transcript.put(message);
      const buttons = renderButtons([{ label: words.say("try_again"), action: "" }], () => {
        clear();
        onretry();
      });
      again = log.appendChild(make("div", { class: "message", lang: words.language }, buttons));
      transcript.bringUp(notice);
    },
  };
}
