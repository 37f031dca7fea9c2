import { make } from "./dom.js";

/** @typedef {import("./words.js").Words} Words */

/**
 * A button that copies what an element says, and a line that says it did. Where the browser does not let a page copy,
 * the text is marked, so that one more press of the person's own copies it.
 * @param {HTMLElement} body @param {Words} words
 */
export function renderCopy(body, words) {
  const said = make("span", { role: "status" });
  const onclick = async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(body.textContent);
      said.textContent = words.say("copied");
    } catch {
      getSelection()?.selectAllChildren(body);
      said.textContent = words.say("copy_by_hand");
    }
  };
  return make("div", { class: "copy" }, make("button", { type: "button", class: "choice", onclick }, words.say("copy")), said);
}
