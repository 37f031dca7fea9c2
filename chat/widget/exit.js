import { make } from "./dom.js";

export const NEUTRAL_PAGE = "https://www.bbc.co.uk/weather";

const PRESSES = 3;
const WITHIN = 5_000; // milliseconds for all three presses

const BLANK_AFTER = 2_000; // milliseconds until a frame that could not take its page along turns blank
const COVER = {
  all: "initial", display: "block", position: "fixed", inset: "0", width: "100vw", height: "100vh",
  "max-width": "none", "max-height": "none", background: "#fff", "z-index": "2147483647",
};

/**
 * Covers everything on the page at once, also another dialog, whatever the page says of its dialogs. Styled through the
 * CSSOM: no inline style attribute.
 * @param {string} label
 */
function coverPage(label) {
  const cover = make("dialog", { "aria-label": label });
  for (const [name, value] of Object.entries(COVER)) cover.style.setProperty(name, value, "important");
  document.documentElement.append(cover);
  cover.showModal?.();
  return cover;
}

/**
 * Leaves: cover first, then forget, then go. The page is replaced, so Back does not return to it.
 * @param {{url: string, label: string, forget: () => void}} options
 */
export function leave({ url, label, forget }) {
  const cover = coverPage(label);
  for (const task of [forget, () => sessionStorage.clear()]) {
    try {
      task();
    } catch {
      // a page may forbid storage: there is nothing to clear then. Whatever it is, leaving matters more
    }
  }
  document.head.append(make("meta", { name: "referrer", content: "no-referrer" })); // the next site learns nothing
  addEventListener("pageshow", ({ persisted }) => persisted && cover.remove()); // Back after all, to an empty chat
  goTo(url);
}

/** In a frame, the page around it goes too, where the browser lets it; where not, the frame turns blank. @param {string} url */
function goTo(url) {
  const blank = () => location.replace("about:blank"); // few other pages let themselves be framed
  if (!window.top || window === window.top) location.replace(url);
  else {
    try {
      window.top.location.replace(url);
      setTimeout(blank, BLANK_AFTER);
    } catch {
      blank();
    }
  }
}

/**
 * Calls `onleave` when Shift is pressed three times with no other key between.
 * @param {{signal: AbortSignal, onpress: (left: number) => void, onleave: () => void}} options
 */
export function watchShift({ signal, onpress, onleave }) {
  let presses = 0;
  let first = 0;
  /** @param {KeyboardEvent} event */
  const listen = (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      presses = 0;
      return;
    }
    if (!presses || event.timeStamp - first > WITHIN) {
      presses = 0;
      first = event.timeStamp;
    }
    presses += 1;
    if (presses === PRESSES) {
      presses = 0;
      onleave();
    } else onpress(PRESSES - presses);
  };
  document.addEventListener("keydown", listen, { capture: true, signal });
}
