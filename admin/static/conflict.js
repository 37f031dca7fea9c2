/**
 * Shows what someone else has saved beside what is in the fields, and lets the person choose. Nothing is taken away:
 * theirs is in the history, and to leave one's own words behind the browser asks.
 *
 * @param {{live: HTMLElement, theirs: string[], onmine: () => void}} options
 */
export function showConflict({ live, theirs, onmine }) {
  const words = live.dataset;
  const box = document.getElementById("live-conflict");
  const title = box.querySelector("h3");
  const choose = (text, onclick) => {
    const button = make("button", "govuk-button govuk-button--secondary", text);
    button.type = "button";
    button.addEventListener("click", onclick);
    return button;
  };
  const parts = [];
  if (theirs.length) {
    const bubbles = make("div", "bubbles");
    bubbles.lang = document.querySelector("#writing textarea")?.lang ?? "";
    bubbles.append(...theirs.map((text) => make("p", "bubble", text)));
    parts.push(make("h4", "govuk-heading-s soft", words.saysTheirs), bubbles);
  } else if (words.theirs) {
    const link = make("a", "govuk-link", words.saysLook);
    Object.assign(link, { href: words.theirs, target: "_blank", rel: "noopener" });
    parts.push(make("p", "govuk-body", ""));
    parts[0].append(link);
  }
  const mine = choose(words.saysKeepMine, () => {
    box.hidden = true;
    onmine();
  });
  const choices = make("div", "govuk-button-group");
  choices.append(mine, choose(words.saysTakeTheirs, () => location.assign(location.pathname)));
  box.replaceChildren(title, ...parts, make("p", "govuk-body", words.saysMine), choices);
  box.hidden = false;
}

function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}
