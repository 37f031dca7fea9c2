import { connect } from "./api.js";
import { makeConversation } from "./conversation.js";
import { leave, watchShift } from "./exit.js";
import { make } from "./dom.js";
import { makeHelp } from "./help.js";
import { fitInput, followKeyboard, isNarrow, makeView, openPanel, showLauncher } from "./view.js";
import { loadWords, showWords } from "./words.js";

const BASE = new URL("../", import.meta.url);
const EXIT_URL = "https://www.bbc.co.uk/weather";
const SWITCH = { en: ["speak_welsh", "cy"], cy: ["speak_english", "en"] };

/** <lantern-chat>: a launcher and a chat panel in a shadow root. `ready` settles when the launcher is there, or can not be. */
class LanternChat extends HTMLElement {
  #leaving = new AbortController();

  connectedCallback() {
    this.ready ??= this.#begin();
    this.ready.catch(() => {}); // whoever waits for it hears of it
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  async #begin() {
    const api = connect(BASE);
    const wordsIn = await loadWords(api);
    const page = this.dataset.language ?? document.documentElement.lang;
    const language = page.toLowerCase().startsWith("cy") ? "cy" : "en";
    const view = makeView(new URL("style.css", import.meta.url));
    this.attachShadow({ mode: "open" }).append(view.link, view.root);
    this.#plugTogether({ api, view, wordsIn, language });
  }

  #plugTogether({ api, view, wordsIn, language }) {
    const { signal } = this.#leaving;
    let words = wordsIn(language);
    let wasOpened = false;
    const exitUrl = this.dataset.exitUrl || EXIT_URL;

    const setLanguage = (next) => {
      words = wordsIn(next);
      view.root.lang = words.language;
      [, view.languageButton.lang] = SWITCH[words.language];
      showWords(view.root, words);
      if (help.isOpen) help.fill(words);
    };
    const restore = (text) => {
      view.input.value = [text, view.input.value].filter(Boolean).join("\n");
      fitInput(view, words);
    };
    const conversation = makeConversation({
      api, view, profile: readProfile(this.dataset), getWords: () => words, setLanguage, restore,
    });
    const help = makeHelp({ view, ask: conversation.sayAction });
    const open = (takesFocus = true) => {
      openPanel(view, { takesFocus });
      if (wasOpened) return;
      wasOpened = true;
      view.log.append(make("p", { class: "tip", lang: words.language }, words.say("tip")));
      conversation.start();
    };
    const close = () => {
      help.close();
      view.panel.close();
    };
    const exit = () => leave({
      url: exitUrl,
      label: words.say("exit_leaving"),
      forget: () => {
        conversation.forget();
        close();
        wasOpened = false;
      },
    });
    const send = () => {
      const text = view.input.value.trim();
      if (!text) return;
      view.input.value = "";
      fitInput(view, words);
      conversation.sayText(text);
    };

    view.launcher.addEventListener("click", () => open());
    view.closeButton.addEventListener("click", close);
    view.exitButton.addEventListener("click", exit);
    view.helpButton.addEventListener("click", () => help.toggle(words));
    view.languageButton.addEventListener("click", () => {
      const [action, next] = SWITCH[words.language];
      const name = words.say("other_language");
      setLanguage(next); // at once, also with no network
      conversation.sayAction(action, name);
    });
    view.form.addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
    view.input.addEventListener("input", () => fitInput(view, words));
    view.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
    const goBack = (event) => { // Esc, or a phone's own Back
      event.preventDefault();
      (help.isOpen ? help.close : close)();
    };
    view.panel.addEventListener("cancel", goBack);
    view.panel.addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && goBack(event));
    view.panel.addEventListener("close", () => showLauncher(view));
    watchShift({
      signal,
      onpress: (left) => {
        if (wasOpened && left === 1) view.announcer.textContent = words.say("exit_once_more");
      },
      onleave: () => wasOpened && exit(),
    });
    followKeyboard(view, signal);
    setLanguage(language);
    if (this.dataset.open === "true" && !isNarrow()) open(false);
  }
}

/** What the page knows about who reads it, under the API's names. */
function readProfile({ nation, place, ageBand, audience, readingLevel, lesson }) {
  const known = { nation, place, age_band: ageBand, audience, reading_level: readingLevel, lesson };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value));
}

customElements.define("lantern-chat", LanternChat);
