import { NoAnswer, renewToken } from "./asking.js";

/**
 * Nobody leaves words behind unasked: buttons and links wait until what is typed is saved, and where it can not be
 * saved the browser asks; for a comment too. Save goes out only when the server answers, or all would go with the page.
 *
 * @param {{form: HTMLFormElement, saving: any, tell: () => Promise<any>}} options `tell` reaches the server
 */
export function guardLeaving({ form, saving, tell }) {
  let sentForm = null; // by its own button: the server has what it holds
  let passes = false;
  let waits = false;

  const isReached = async () => {
    try {
      await tell();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (error.why === "fault" || (error.why === "signed-out" && (await renewToken()))) return true;
      saving.say(error.why);
      return false;
    }
    return true;
  };

  /** Once what is under way has ended: sends the form as the button does. */
  const send = async (sent, button) => {
    if (sent === form) {
      await saving.end();
      if (!(await isReached())) return;
    } else await saving.save();
    await new Promise((resolve) => setTimeout(resolve)); // a form that is being sent can not be sent again
    sentForm = sent;
    passes = true;
    sent.requestSubmit(button);
    passes = false;
  };

  document.addEventListener("submit", (event) => {
    if (passes) return;
    event.preventDefault();
    if (waits) return;
    waits = true;
    send(event.target, event.submitter).finally(() => {
      waits = false;
    });
  });

  document.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const opensHere = link && !link.target && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!opensHere || link.pathname === location.pathname || !saving.isUnsaved()) return;
    event.preventDefault();
    await saving.save();
    location.assign(link.href);
  });

  addEventListener("beforeunload", (event) => {
    if ((sentForm !== form && saving.isUnsaved()) || holdsComment(form, sentForm)) event.preventDefault();
  });
  for (const event of ["pageshow", "input"]) {
    addEventListener(event, () => {
      sentForm = null; // the page is still here
    });
  }
}

/** Whether something is typed on the page beside the form that saves by itself, and beside what is being sent. */
function holdsComment(form, sentForm) {
  return [...document.querySelectorAll("textarea")].some((field) =>
    field.form !== form && field.form !== sentForm && field.value.trim() !== field.defaultValue.trim());
}
