import { ask, NoAnswer, renewToken } from "./asking.js";
import { showConflict } from "./conflict.js";

const QUIET = 5_000; // milliseconds after the last key
const AGAIN = 10_000; // until it is tried again
const NOT_WRITTEN = ["csrf_token", "based_on", "page", "was_saved"];
const SAYS = { offline: "saysOffline", "signed-out": "saysSignedOut", fault: "saysFault" };

/**
 * Saves the form as a draft while someone writes, in the way the button does. What is typed stays in the fields
 * whatever becomes of it; a line says how it went.
 *
 * @param {{form: HTMLFormElement, live: HTMLElement}} page
 */
export function makeSaving({ form, live }) {
  const words = live.dataset;
  const [said, unsaved, draft] = ["live-said", "live-unsaved", "draft-now"].map((id) => document.getElementById(id));
  let saved = words.unsaved === "yes" ? null : readAsSent(form); // as the server has it; null: it does not have it
  let maySave = words.saves === "yes";
  let underWay = null;
  let timer = 0;

  const isUnsaved = () => read(form) !== saved;
  const say = (text) => {
    if (said.textContent !== text) said.textContent = text; // said once, not again and again
  };
  const show = () => {
    unsaved.textContent = isUnsaved() ? words.saysUnsaved : "";
  };
  const saveIn = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  };

  const save = () => {
    clearTimeout(timer);
    if (maySave && isUnsaved()) {
      underWay ??= send().finally(() => {
        underWay = null;
        show();
      });
    }
    return underWay ?? Promise.resolve();
  };

  const send = async () => {
    const sent = read(form);
    const fields = new FormData(form);
    fields.set("by_itself", "yes");
    try {
      take(await ask(form.getAttribute("action") || location.pathname, fields), sent);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      say(words[SAYS[error.why]]);
      saveIn(error.why === "signed-out" && (await renewToken()) ? 0 : AGAIN);
    }
  };

  /** What became of it. A refusal is tried again when something has changed. */
  const take = ({ outcome, says, based_on: basedOn, theirs }, sent) => {
    if (["saved", "unchanged"].includes(outcome)) {
      saved = sent;
      form.elements.based_on.value = basedOn;
      if (isUnsaved()) saveIn(QUIET);
    }
    if (outcome === "saved") {
      hide(form, "was_saved", "yes");
      draft?.replaceChildren(words.saysDraftBelow);
    }
    if (outcome !== "unchanged") say(says);
    if (["held", "overtaken"].includes(outcome)) maySave = false;
    if (outcome === "overtaken") {
      showConflict({ live, theirs, onmine: () => {
        form.elements.based_on.value = basedOn;
        maySave = true;
        save();
      } });
    }
  };

  hide(form, "page", makeName());
  form.addEventListener("input", () => {
    show();
    saveIn(QUIET);
  });
  form.addEventListener("change", save);
  document.addEventListener("visibilitychange", save);
  addEventListener("pagehide", save);
  addEventListener("online", save);
  if (isUnsaved()) saveIn(QUIET);
  show();

  return { isUnsaved, save, say: (why) => say(words[SAYS[why]]), end: () => underWay ?? Promise.resolve() };
}

/** What someone has written, to tell whether it is what was saved. @param {HTMLFormElement} form */
function read(form) {
  return JSON.stringify([...new FormData(form)].filter(([name]) => !NOT_WRITTEN.includes(name)));
}

/** What was in it when the server sent it: someone may have begun to write before this script was there. */
function readAsSent(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return read(copy);
}

/** Sends a value along with the form. */
function hide(form, name, value) {
  const field = form.elements[name] ?? form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name, value });
}

/** A name that no other open page has. */
function makeName() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
