import { make } from "./dom.js";
import { makeLink, renderText } from "./markdown.js";

/**
 * @typedef {import("./api.js").Helpline} Helpline
 * @typedef {import("./api.js").Route} Route
 * @typedef {import("./words.js").Words} Words
 */

const FACTS = /** @type {const} */ (["cost", "trace", "privacy"]);
const SAFE_LINK = /^(tel:|sms:|mailto:|https:\/\/)/;

/** @param {Helpline[]} helplines in the order to show @param {Words} words */
export function renderHelplines(helplines, words) {
  return make("ul", { class: "helplines", role: "list" }, ...helplines.map((line) => renderHelpline(line, words)));
}

/** @param {Helpline} line @param {Words} words */
function renderHelpline(line, words) {
  const isOpen = line.open_now;
  const status = isOpen == null ? null : words.say(isOpen ? "open_now" : "shut_now");
  const routes = line.routes.map((route) => make("li", {}, renderRoute(route, words)));
  return make(
    "li",
    { class: line.id === "emergency-999" ? "helpline emergency" : "helpline" },
    make("h3", {}, line.name),
    line.what_for ? make("p", {}, renderText(line.what_for)) : null,
    routes.length ? make("ul", { class: "routes", role: "list" }, ...routes) : null,
    status || line.hours
      ? make("p", { class: "hours" },
        status && make("strong", { class: isOpen ? "open" : "shut" }, status),
        status && line.hours ? " · " : null,
        line.hours || null)
      : null,
    line.awaiting_check ? make("p", { class: "unchecked" }, words.say("awaiting_check")) : null,
    renderDetails(line, words),
  );
}

/** What it costs, what it leaves on a phone and what stays private, folded away. @param {Helpline} line @param {Words} words */
function renderDetails(line, words) {
  const facts = FACTS.filter((name) => line[name]);
  if (!facts.length) return null;
  const rows = facts.flatMap((name) => [make("dt", {}, words.say(name)), make("dd", {}, renderText(line[name]))]);
  const name = make("span", { class: "unseen" }, `: ${line.name}`);
  return make("details", {}, make("summary", {}, words.say("details"), name), make("dl", {}, ...rows));
}

/** @param {Route} route @param {Words} words */
function renderRoute(route, words) {
  const key = route.say ? "route.text_word" : `route.${route.channel}`;
  const label = words.say(key, route) || route.label;
  if (!route.href || !SAFE_LINK.test(route.href)) return make("span", { class: "route" }, label);
  const attributes = { class: "route", "data-channel": route.channel };
  if (!route.href.startsWith("https:")) return make("a", { ...attributes, href: prefillText(route) }, label);
  const link = makeLink(route.href, make("span", { class: "unseen" }, ` ${words.say("new_tab")}`), label);
  for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
  return link;
}

/** An sms: link that already holds the word to send. "?&" is read by Android and by iPhones. @param {Route} route */
function prefillText({ href = "", say }) {
  return say && href.startsWith("sms:") && !href.includes("body=") ? `${href}?&body=${encodeURIComponent(say)}` : href;
}
