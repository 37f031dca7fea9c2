/**
 * The widget's words and the lines for everyone, in both languages, loaded with the page and kept in memory,
 * so that Help opens and the language changes with no network.
 *
 * @typedef {import("./api.js").Helpline} Helpline
 * @typedef {{language: string, say: (key: string, values?: Record<string, string|number>) => string,
 *            helplines: Helpline[], locate: (path: string) => string}} Words
 * @typedef {{language?: string, colours?: Record<string, string>, exit_url?: string,
 *            keeps_conversation?: boolean}} Site
 */

const LANGUAGES = ["en", "cy"];

/**
 * The words, and what the site on whose page this is wants; both reject when no language at all could be had.
 * @param {import("./api.js").Api} api
 * @returns {Promise<{wordsIn: (language: string) => Words, site: Site}>}
 */
export async function loadWords(api) {
  /** @type {Map<string, Words>} */
  const loaded = new Map();
  /** @type {Site} */
  let site = {};
  const results = await Promise.allSettled(LANGUAGES.map((language) => api.loadWords(language)));
  results.forEach((result, index) => {
    if (result.status !== "fulfilled") return;
    loaded.set(LANGUAGES[index], makeWords(result.value, api.locate));
    site = result.value.site ?? site;
  });
  if (!loaded.size) throw /** @type {PromiseRejectedResult} */ (results[0]).reason;
  const [some] = loaded.values();
  return { wordsIn: (language) => loaded.get(language) ?? some, site };
}

/**
 * @param {{language: string, words: Record<string, string>, helplines: Helpline[]}} loaded
 * @param {(path: string) => string} locate
 * @returns {Words}
 */
function makeWords({ language, words, helplines }, locate) {
  /** @param {string} key @param {Record<string, string|number>} [values] */
  const say = (key, values = {}) =>
    (words[`widget.${key}`] ?? "").replace(/\{(\w+)\}/g, (placeholder, name) => String(values[name] ?? placeholder));
  return { language, say, helplines, locate };
}

/**
 * Puts words on every element that asks for one: data-word is its text, data-label its accessible name.
 * @param {ParentNode} root @param {Words} words
 */
export function showWords(root, words) {
  /** @param {string} name @param {(element: HTMLElement, text: string) => void} put */
  const each = (name, put) => {
    for (const element of root.querySelectorAll(`[data-${name}]`)) {
      if (element instanceof HTMLElement) put(element, words.say(element.dataset[name] ?? ""));
    }
  };
  each("word", (element, text) => { element.textContent = text; });
  each("label", (element, text) => element.setAttribute("aria-label", text));
}
