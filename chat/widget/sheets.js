/**
 * The sheets over the conversation, Help and Settings: one at a time. They leave the header free, so that Help and Exit
 * stay where they always are.
 *
 * @typedef {{sheet: HTMLElement, button: HTMLElement, fill: () => void}} Sheet
 *
 * @param {import("./view.js").View} view
 */
export function makeSheets({ conversation, panel }) {
  /** @type {Sheet|null} */
  let current = null;
  /** @type {HTMLElement|null} */
  let cameFrom = null;
  let wasAt = 0; // pixels: on a low screen the panel itself scrolls

  /** @param {Sheet} one @param {boolean} isShown */
  const show = (one, isShown) => {
    one.sheet.hidden = !isShown;
    one.button.setAttribute("aria-expanded", String(isShown));
  };

  const close = () => {
    if (!current) return;
    show(current, false);
    current = null;
    conversation.removeAttribute("inert");
    panel.scrollTop = wasAt;
    cameFrom?.focus({ preventScroll: true });
  };

  /** @param {Sheet} next */
  const open = (next) => {
    const root = /** @type {ShadowRoot} */ (next.sheet.getRootNode());
    const focused = /** @type {HTMLElement|null} */ (root.activeElement);
    cameFrom = (!current && focused) || next.button;
    if (current) show(current, false);
    else wasAt = panel.scrollTop;
    current = next;
    next.fill();
    show(next, true);
    conversation.setAttribute("inert", "");
    next.sheet.scrollTop = 0;
    panel.scrollTop = 0;
    next.sheet.querySelector("h2")?.focus();
  };

  return {
    close,
    /** @param {Sheet} sheet */
    toggle: (sheet) => (current === sheet ? close() : open(sheet)),
    /** Puts the words of another language into the sheet that is open, at the same place. */
    refill: () => {
      if (!current) return;
      const { scrollTop } = current.sheet;
      current.fill();
      current.sheet.scrollTop = scrollTop;
    },
    get isOpen() { return current !== null; },
  };
}
