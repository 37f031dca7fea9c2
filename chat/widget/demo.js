/** Shows the demo page in one language: ?language=cy or en. Without this script it shows both. */
(() => {
  const page = document.documentElement;
  page.lang = new URLSearchParams(location.search).get("language") === "cy" ? "cy" : "en";
  /** @param {string} selector @returns {NodeListOf<HTMLElement>} */
  const findAll = (selector) => document.querySelectorAll(selector);
  addEventListener("DOMContentLoaded", () => {
    for (const part of findAll("[data-in]")) part.hidden = part.dataset.in !== page.lang;
    document.title = findAll("section:not([hidden]) h1")[0].textContent ?? "";
    for (const link of findAll("nav a")) {
      if (link.lang === page.lang) link.setAttribute("aria-current", "true");
    }
  });
})();
