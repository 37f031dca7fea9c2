import { renderMessage, renderOwn } from "./messages.js";
import { makePace, pauses } from "./pace.js";

/**
 * @typedef {import("./api.js").Message} Message
 * @typedef {import("./keep.js").Shown} Shown
 * @typedef {import("./words.js").Words} Words
 * @typedef {ReturnType<typeof makeTranscript>} Transcript
 */

const FAR = 25; // messages from the end: those before need not be drawn until someone scrolls to them

/**
 * What has been said, as the log shows it: one after another at reading pace, the person's place kept.
 *
 * @param {{view: import("./view.js").View, getWords: () => Words, wordsIn: (language: string) => Words,
 *          press: import("./messages.js").Press, aloud: import("./aloud.js").Aloud}} options
 */
export function makeTranscript({ view, getWords, wordsIn, press, aloud }) {
  const { log, panel } = view;
  const pace = makePace();
  /** @type {Shown[]} */
  let shown = [];
  let staysPut = false;

  for (const event of ["click", "keydown", "input"]) panel.addEventListener(event, pace.rush);
  for (const event of ["wheel", "touchmove"]) panel.addEventListener(event, () => { staysPut = true; }, { passive: true });

  /** @param {HTMLElement} element */
  const bringUp = (element) => {
    if (element.isConnected && !staysPut) element.scrollIntoView({ block: "start", inline: "nearest" });
  };
  /** Whether some of the last answer can be seen. */
  const isAtLast = () => {
    const last = [...log.querySelectorAll(".from-you")].pop();
    return !last || last.getBoundingClientRect().top < panel.getBoundingClientRect().bottom;
  };
  /** @param {Shown} entry @returns {HTMLElement} */
  const draw = ({ language, own, message }) => {
    const words = wordsIn(language);
    log.children[log.children.length - FAR]?.classList.add("far");
    return log.appendChild(message ? renderMessage(message, words, press) : renderOwn(own ?? "", words));
  };
  /** @param {Message} message */
  const put = (message) => {
    const entry = { language: getWords().language, message };
    shown.push(entry);
    const element = draw(entry);
    aloud.read(element);
    return element;
  };

  return {
    put,
    bringUp,
    get shown() { return shown; },
    get hasSpoken() { return shown.some(({ own }) => own !== undefined); },

    /**
     * Shows what the person says. Someone who reads further up stays there, if `keepsPlace`.
     * @param {string} own @param {{keepsPlace?: boolean}} [how]
     */
    putOwn: (own, { keepsPlace = false } = {}) => {
      pace.rush();
      staysPut = keepsPlace && !isAtLast();
      const entry = { language: getWords().language, own };
      shown.push(entry);
      const element = draw(entry);
      bringUp(element);
      return {
        element,
        takeBack: () => {
          element.remove();
          shown = shown.filter((other) => other !== entry);
        },
      };
    },

    /**
     * Shows an answer, with what it answers kept in sight.
     * @param {Message[]} messages @param {() => boolean} isCurrent false when it is not wanted any more
     * @param {HTMLElement} [own]
     */
    show: async (messages, isCurrent, own) => {
      pace.begin();
      const waits = pauses(messages);
      for (const [index, message] of messages.entries()) {
        await pace.wait(waits[index]);
        if (!isCurrent()) return;
        put(message);
        if (own) bringUp(own);
      }
    },

    clear: () => {
      pace.rush();
      shown = [];
      log.replaceChildren();
    },

    /** Draws what was shown on the page before. @param {Shown[]} before */
    resume: (before) => {
      shown = before;
      shown.forEach(draw);
    },
  };
}
