/** Shows the demo page in one language: ?language=cy or en. Without this script it shows both. */
(() => {
  const page = document.documentElement;
  page.lang = new URLSearchParams(location.search).get("language") === "cy" ? "cy" : "en";
  addEventListener("DOMContentLoaded", () => {
    for (const part of document.querySelectorAll("[data-in]")) part.hidden = part.dataset.in !== page.lang;
    document.title = document.querySelector("section:not([hidden]) h1").textContent;
    for (const link of document.querySelectorAll("nav a")) {
      if (link.lang === page.lang) link.setAttribute("aria-current", "true");
    }
  });
})();
