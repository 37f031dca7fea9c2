import { make } from "./dom.js";

const PRESSES = 3;
const WITHIN = 5_000; // milliseconds for all three presses

/** Covers everything on the page at once, also another dialog. Styled through the CSSOM: no inline style attribute. */
function coverPage(label) {
  const cover = make("dialog", { "aria-label": label });
  Object.assign(cover.style, {
    position: "fixed", inset: "0", width: "100vw", height: "100vh", maxWidth: "none", maxHeight: "none",
    margin: "0", padding: "0", border: "0", outline: "0", background: "#fff", zIndex: "2147483647",
  });
  document.documentElement.append(cover);
  cover.showModal();
  return cover;
}

/**
 * Leaves: cover first, then forget, then go. The page is replaced, so Back does not return to it.
 * @param {{url: string, label: string, forget: () => void}} options
 */
export function leave({ url, label, forget }) {
  const cover = coverPage(label);
  try {
    forget();
    sessionStorage.clear();
  } catch {
    // a page may forbid storage: there is nothing to clear then, and leaving matters more
  }
  document.head.append(make("meta", { name: "referrer", content: "no-referrer" })); // the next site learns nothing
  addEventListener("pageshow", ({ persisted }) => persisted && cover.remove()); // Back after all, to an empty chat
  location.replace(url);
}

/**
 * Calls `onleave` when Shift is pressed three times with no other key between.
 * @param {{signal: AbortSignal, onpress: (left: number) => void, onleave: () => void}} options
 */
export function watchShift({ signal, onpress, onleave }) {
  let presses = 0;
  let first = 0;
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
