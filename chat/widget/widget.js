/**
 * The one script a page includes:
 *
 *   <script src="https://…/widget/widget.js" data-site="my-school" async></script>
 *
 * It puts a <lantern-chat> element on the page (or takes the one that is there), gives it the script's data-
 * attributes, and loads the rest from beside itself. It adds nothing global and never throws.
 *
 * data-site          the key of the site, as the staff of Lantern gave it
 * data-language      en or cy; without it, the page's own <html lang>
 * data-nation, data-place, data-age-band, data-audience, data-reading-level, data-lesson   what the page already knows, if anything
 * data-exit-url      where Exit leads (BBC Weather)
 * data-open          "true" opens the chat with the page, on screens wide enough to show both
 * data-full-page     "true" makes the chat the whole page
 */
(() => {
  const found = document.currentScript ?? document.querySelector('script[src*="widget/widget.js"]');
  if (!(found instanceof HTMLScriptElement)) return;
  const { src, dataset } = found;
  const NUMBERS = "lantern-numbers";
  /** @param {string} name */
  const beside = (name) => new URL(name, src).href;

  /** Asks for all that will be needed at once: one after the other, a phone far from the server waits four times. */
  const loadAhead = () => {
    const site = dataset.site ? `&site=${encodeURIComponent(dataset.site)}` : "";
    for (const language of ["en", "cy"]) {
      fetch(beside(`start.json?language=${language}${site}`)).catch(() => {});
    }
    const style = document.createElement("link");
    Object.assign(style, { rel: "preload", as: "style", href: beside("style.css") });
    for (const event of ["load", "error"]) style.addEventListener(event, () => style.remove());
    document.head.append(style);
    const code = import(beside("chat.js"));
    code.catch(() => {}); // boot hears of it
    return code;
  };

  /** The two numbers to show when the chat itself can not be loaded: names and numbers only. */
  const makeNumbers = () => {
    const numbers = document.createElement("p");
    numbers.className = NUMBERS;
    numbers.hidden = true;
    for (const [label, href] of [["999", "tel:999"], ["Childline 0800 1111", "tel:08001111"]]) {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = label;
      numbers.append(link, " ");
    }
    return numbers;
  };

  /** @param {Promise<unknown>} code */
  const boot = async (code) => {
    /** @type {HTMLElement & {ready?: Promise<void>}} */
    const element = document.querySelector("lantern-chat") ?? document.createElement("lantern-chat");
    for (const [name, value] of Object.entries(dataset)) element.dataset[name] ??= value;
    /** @type {HTMLElement} */
    const numbers = element.querySelector(`.${NUMBERS}`) ?? makeNumbers();
    element.append(numbers);
    if (!element.isConnected) document.body.append(element);
    try {
      await code;
      await element.ready;
    } catch {
      numbers.hidden = false;
    }
  };

  const isDefined = Boolean(customElements.get("lantern-chat"));
  const code = isDefined ? Promise.resolve() : loadAhead();
  if (document.body) boot(code);
  else document.addEventListener("DOMContentLoaded", () => boot(code), { once: true });
})();
