/**
 * Builds one element. Nothing here, and nothing that uses it, turns text into HTML.
 *
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` are listeners; null and false are left out; true is an empty value
 * @param {...(Node|string|null)} children
 * @returns {any} the element
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value != null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}
