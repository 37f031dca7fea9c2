import { make } from "./dom.js";

const MARKS = /\*\*(.+?)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\((https:\/\/[^\s()]+)\)/;

/**
 * The small subset staff may write: **bold**, *italic*, [words](https://…). Everything else stays the text it is.
 *
 * @param {string} text
 * @param {Node} [newTab] a node to copy into each link, saying that it opens in a new tab
 * @returns {DocumentFragment}
 */
export function renderText(text, newTab) {
  const fragment = document.createDocumentFragment();
  let rest = text;
  for (let found = MARKS.exec(rest); found; found = MARKS.exec(rest)) {
    const [all, bold, italic, label, href] = found;
    fragment.append(rest.slice(0, found.index));
    if (bold) fragment.append(make("strong", {}, renderText(bold, newTab)));
    else if (italic) fragment.append(make("em", {}, renderText(italic, newTab)));
    else fragment.append(makeLink(href, newTab, label));
    rest = rest.slice(found.index + all.length);
  }
  fragment.append(rest);
  return fragment;
}

/** A link to another site: in its own tab, telling that site nothing about this one. @param {string} href @param {Node} [newTab] @param {...Node|string} children */
export function makeLink(href, newTab, ...children) {
  const attributes = { href, target: "_blank", rel: "noopener noreferrer" };
  return make("a", attributes, ...children, newTab?.cloneNode(true) ?? null);
}
