import { connect } from "./api.js";
import { leave, NEUTRAL_PAGE } from "./exit.js";
import { makePanel } from "./panel.js";
import { makeView } from "./view.js";
import { loadWords } from "./words.js";

const BASE = new URL("../", import.meta.url);

/**
 * <lantern-chat>: a launcher and a chat panel in a shadow root. With data-full-page="true" the panel is the page.
 * `ready` settles when the launcher is there, or can not be. Pages may call open, close and exit (docs/embedding.md);
 * they hear lantern-open and lantern-close. Removed, it leaves nothing behind; put back, it begins anew.
 */
class LanternChat extends HTMLElement {
  #leaving = new AbortController();
  /** @type {ReturnType<typeof makePanel>|null} */
  #controls = null;
  /** @type {Promise<void>|undefined} */
  ready;

  connectedCallback() {
    this.ready ??= this.#begin();
    this.ready.catch(() => {}); // whoever waits for it hears of it
  }

  async disconnectedCallback() {
    await null;
    if (this.isConnected || !this.ready) return; // it was only moved
    this.#leaving.abort();
    this.#controls?.forget();
    this.#controls = null;
    this.ready = undefined;
    this.shadowRoot?.replaceChildren();
  }

  /** Opens the chat, as a tap on the launcher does. */
  async open() {
    await this.ready;
    this.#controls?.open();
  }

  /** Closes it. What was said stays. */
  async close() {
    await this.ready;
    this.#controls?.close();
  }

  /** Leaves the page at once, as the Exit button does. */
  exit() {
    if (this.#controls) this.#controls.exit();
    else leave({ url: this.dataset.exitUrl || NEUTRAL_PAGE, label: "", forget: () => {} });
  }

  async #begin() {
    const { signal } = (this.#leaving = new AbortController());
    const api = connect(BASE, this.dataset.site);
    const { wordsIn, site } = await loadWords(api);
    if (signal.aborted) return;
    const page = this.dataset.language || document.documentElement.lang || site.language || "en";
    const language = page.toLowerCase().startsWith("cy") ? "cy" : "en";
    const view = makeView(new URL("style.css", import.meta.url));
    (this.shadowRoot ?? this.attachShadow({ mode: "open" })).replaceChildren(view.link, view.root);
    this.#controls = makePanel({
      element: this, api, view, wordsIn, site, language, signal, profile: readProfile(this.dataset),
    });
  }
}

/** What the page knows about who reads it, under the API's names. @param {DOMStringMap} dataset @returns {Record<string, any>} */
function readProfile({ site, nation, place, ageBand, audience, readingLevel, lesson }) {
  const known = { site, nation, place, age_band: ageBand, audience, reading_level: readingLevel, lesson };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value));
}

if (!customElements.get("lantern-chat")) customElements.define("lantern-chat", LanternChat);
