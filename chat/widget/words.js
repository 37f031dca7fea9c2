/**
 * The widget's words and the lines for everyone, in both languages, loaded with the page and kept in memory,
 * so that Help opens and the language changes with no network.
 *
 * @typedef {import("./api.js").Helpline} Helpline
 * @typedef {{language: string, say: (key: string, values?: Record<string, string|number>) => string,
 *            helplines: Helpline[], locate: (path: string) => string}} Words
 */

const LANGUAGES = ["en", "cy"];

/**
 * @param {{loadWords: (language: string) => Promise<any>, locate: (path: string) => string}} api
 * @returns {Promise<(language: string) => Words>} rejects when no language at all could be had
 */
export async function loadWords(api) {
  const loaded = new Map();
  const results = await Promise.allSettled(LANGUAGES.map((language) => api.loadWords(language)));
  results.forEach((result, index) => {
    if (result.status === "fulfilled") loaded.set(LANGUAGES[index], makeWords(result.value, api.locate));
  });
  if (!loaded.size) throw results[0].reason;
  return (language) => loaded.get(language) ?? loaded.values().next().value;
}

/** @returns {Words} */
function makeWords({ language, words, helplines }, locate) {
  const say = (key, values = {}) =>
    (words[`widget.${key}`] ?? "").replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
  return { language, say, helplines, locate };
}

/**
 * Puts words on every element that asks for one: data-word is its text, data-label its accessible name.
 * @param {ParentNode} root @param {Words} words
 */
export function showWords(root, words) {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = words.say(element.dataset.word);
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words.say(element.dataset.label));
  }
}
