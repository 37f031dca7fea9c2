const LEAST = 350; // milliseconds
const PER_CHARACTER = 8;
const LONGEST = 1200;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * The time to read what came before, for each message in milliseconds. Help is never held back: an answer with
 * helplines or a notice in it comes at once, all of it.
 *
 * @param {import("./api.js").Message[]} messages
 */
export function pauses(messages) {
  const isUrgent = messages.some(({ type, helplines }) => type === "notice" || helplines?.length);
  return messages.map((_, index) => {
    if (!index || isUrgent || still.matches) return 0;
    return Math.min(LONGEST, LEAST + PER_CHARACTER * (messages[index - 1].text ?? "").length);
  });
}

/** Waits that someone in a hurry can end: `rush` ends the one that runs, and all until `begin`. */
export function makePace() {
  let isRushed = false;
  /** @type {(() => void)|null} */
  let end = null;
  return {
    begin: () => { isRushed = false; },
    /** @param {number} pause milliseconds */
    wait: (pause) => pause && !isRushed && new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      end = () => {
        clearTimeout(timer);
        resolve(null);
      };
    }),
    rush: () => {
      isRushed = true;
      end?.();
    },
  };
}
