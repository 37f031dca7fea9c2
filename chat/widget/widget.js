/**
 * The one script a page includes:
 *
 *   <script src="https://…/widget/widget.js" data-site="my-school" async></script>
 *
 * It puts a <lantern-chat> element on the page (or takes the one that is there), gives it the script's data-
 * attributes, and loads the rest as modules from beside itself. It adds nothing global and never throws.
 *
 * data-site          a short name for the page that embeds it
 * data-language      en or cy; without it, the page's own <html lang>
 * data-nation, data-place, data-age-band, data-audience, data-reading-level, data-lesson   what the page already knows, if anything
 * data-exit-url      where Exit leads (BBC Weather)
 * data-open          "true" opens the chat with the page, on screens wide enough to show both
 */
(() => {
  const script = document.currentScript ?? document.querySelector('script[src*="widget/widget.js"]');
  if (!script) return;

  /** The two numbers to show when the chat itself can not be loaded: names and numbers only. */
  const makeNumbers = () => {
    const numbers = document.createElement("p");
    numbers.hidden = true;
    for (const [label, href] of [["999", "tel:999"], ["Childline 0800 1111", "tel:08001111"]]) {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = label;
      numbers.append(link, " ");
    }
    return numbers;
  };

  const boot = async () => {
    const element = document.querySelector("lantern-chat") ?? document.createElement("lantern-chat");
    for (const [name, value] of Object.entries(script.dataset)) element.dataset[name] ??= value;
    const numbers = makeNumbers();
    element.append(numbers);
    if (!element.isConnected) document.body.append(element);
    try {
      await import(new URL("chat.js", script.src).href);
      await element.ready;
    } catch {
      numbers.hidden = false;
    }
  };

  if (document.body) boot();
  else document.addEventListener("DOMContentLoaded", boot, { once: true });
})();
