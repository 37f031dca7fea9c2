import { ask, NoAnswer } from "./asking.js";

const EVERY = 20_000; // milliseconds; the server forgets a page that is silent for a minute

/**
 * Tells the server now and then that this page is open, and shows who else has it open.
 * @param {{form: HTMLFormElement, live: HTMLElement, others: HTMLElement}} page
 * @returns {() => Promise<void>} tells it now; throws NoAnswer
 */
export function tellPresence({ form, live, others }) {
  const tell = async () => {
    const fields = new FormData();
    fields.set("csrf_token", form.elements.csrf_token.value);
    fields.set("place", live.dataset.place);
    show((await ask(live.dataset.presence, fields)).others);
  };
  const show = (sentences) => {
    if ([...others.children].map((line) => line.textContent).join() === sentences.join()) return;
    others.replaceChildren(...sentences.map((text) => {
      const line = document.createElement("p");
      line.className = "govuk-body";
      line.textContent = text;
      return line;
    }));
  };
  const tellQuietly = () => tell().catch((error) => {
    if (!(error instanceof NoAnswer)) throw error;
  });
  setInterval(tellQuietly, EVERY);
  tellQuietly();
  return tell;
}
