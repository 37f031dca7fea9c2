import { ask, NoAnswer } from "./asking.js";

const PAUSE = 600; // milliseconds after the last key

/**
 * Asks what is worth another look while someone types. The server keeps nothing of it.
 * @param {{form: HTMLFormElement, advice: HTMLElement}} page
 */
export function followAdvice({ form, advice }) {
  const [length, grade, findings] = ["length", "grade", "findings"].map((id) =>
    document.getElementById(`advice-${id}`));
  let timer = 0;
  let asked = new AbortController();

  const put = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  const show = (found) => {
    put(length, found.length);
    put(grade, found.grade);
    const lines = [...found.problems, ...found.findings];
    if ([...findings.children].map((line) => line.textContent).join() === lines.join()) return;
    findings.replaceChildren(...lines.map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }));
  };
  const follow = async () => {
    asked.abort();
    asked = new AbortController();
    const mine = asked;
    try {
      const found = await ask(advice.dataset.asks, new FormData(form), mine);
      if (mine === asked) show(found);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error; // what it said last stays
    }
  };
  form.addEventListener("input", ({ target }) => {
    count(target);
    clearTimeout(timer);
    timer = setTimeout(follow, PAUSE);
  });
  addEventListener("pagehide", () => asked.abort());
}

/** The number at the end of the hint above a field is how long its text is now. */
function count(field) {
  const hint = document.getElementById(`${field.id}-hint`);
  if (hint && field.tagName === "TEXTAREA") {
    hint.textContent = hint.textContent.replace(/\d+(?=\D*$)/, String(field.value.trim().length));
  }
}
