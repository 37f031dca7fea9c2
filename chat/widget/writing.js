import { fitInput } from "./view.js";

/**
 * The box to write in: Enter or Send says what is in it, Shift and Enter make a new line.
 *
 * @param {{view: import("./view.js").View, getWords: () => import("./words.js").Words, say: (text: string) => void}} options
 */
export function makeWriting({ view, getWords, say }) {
  const { form, input, sendButton } = view;
  const fit = () => fitInput(view, getWords());
  /** @param {Event} event */
  const send = (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    fit();
    say(text);
  };

  form.addEventListener("submit", send);
  sendButton.addEventListener("click", send); // in a frame that may not send forms there is no submit
  input.addEventListener("input", fit);
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  });

  return {
    /** Gives back words that could not be sent, before what was written since. @param {string} text */
    restore: (text) => {
      input.value = [text, input.value].filter(Boolean).join("\n");
      fit();
    },
  };
}
