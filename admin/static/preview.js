/**
 * Draws the bubbles that are in the fields with the widget's own scripts and styles, while someone types. Where those
 * can not be had, the button for a preview stays.
 *
 * @param {{form: HTMLFormElement, preview: HTMLElement}} page
 */
export async function drawPreview({ form, preview }) {
  const { messages, words: wordsFrom, style, ownStyle, draws } = preview.dataset;
  const drawing = JSON.parse(draws);
  const [frame, chat, pressed, small] = ["frame", "chat", "pressed", "small"].map((id) =>
    document.getElementById(`preview-${id}`));
  let widget, words;
  try {
    [widget, words] = await Promise.all([import(messages), loadWords(wordsFrom, drawing.language)]);
  } catch {
    return;
  }

  const log = document.createElement("div");
  log.className = "log";
  const root = document.createElement("div");
  root.className = "lantern";
  root.append(log);
  chat.attachShadow({ mode: "open" }).append(...[style, ownStyle].map(makeStyle), root);

  const press = () => {
    pressed.textContent = pressed.dataset.says;
  };
  const draw = () => {
    const said = read(form, drawing).map((message) =>
      message.own ? widget.renderOwn(message.own, words) : widget.renderMessage(message, words, press));
    log.replaceChildren(...said);
    pressed.textContent = "";
  };
  form.addEventListener("input", draw);
  small.addEventListener("change", () => frame.classList.toggle("preview__chat--small", small.checked));
  draw();
  preview.hidden = false;
  for (const button of form.querySelectorAll("[name=preview]")) button.hidden = true;
}

/** The messages that the chat would show, a page at a time, with a press of "More" between two pages. */
function read(form, { kind, page, more, buttons, pictures }) {
  const fields = [...form.querySelectorAll("textarea[name^=bubbles-]")];
  const texts = fields.map((field) => field.value.trim()).filter(Boolean);
  const label = (text) => ({ label: text, action: "" });
  if (kind === "button") return [{ type: "text", buttons: texts.map(label) }];
  const messages = [];
  texts.forEach((text, index) => {
    const message = { type: kind, text };
    if (index === 0) message.picture = pictures[form.elements.picture?.value];
    const isLast = index === texts.length - 1;
    const isFull = index % page === page - 1;
    if (buttons.length && (isLast || isFull)) message.buttons = [...(isLast ? [] : [more]), ...buttons].map(label);
    messages.push(message);
    if (buttons.length && isFull && !isLast) messages.push({ own: more });
  });
  return messages;
}

/** What the widget itself says, in the form in which its scripts ask for it. */
async function loadWords(address, language) {
  const found = await (await fetch(address)).json();
  const say = (key, values = {}) =>
    (found[`widget.${key}`] ?? "").replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
  return { language, say, helplines: [], locate: (path) => new URL(path, location.href).href };
}

function makeStyle(href) {
  return Object.assign(document.createElement("link"), { rel: "stylesheet", href });
}
