import { make } from "./dom.js";
import { SIZES, THEMES } from "./look.js";

/** @typedef {import("./words.js").Words} Words */

/**
 * What the Settings sheet holds. Each choice takes effect as it is made.
 *
 * @param {Words} words
 * @param {{look: ReturnType<typeof import("./look.js").makeLook>, aloud: import("./aloud.js").Aloud, isSimple: boolean, close: () => void, onlook: () => void,
 *          onsimple: (isSimple: boolean) => void, onaloud: (isOn: boolean) => void}} options
 */
export function renderSettings(words, { look, aloud, isSimple, close, onlook, onsimple, onaloud }) {
  const chosen = look.get();
  /** @param {"size"|"theme"} name @param {string[]} values */
  const choose = (name, values) => {
    const options = values.map((value) => renderOption(words.say(`${name}.${value}`), {
      type: "radio", name, value, checked: chosen[name] === value,
      onchange: () => {
        look.set({ [name]: value });
        onlook();
      },
    }));
    return make("fieldset", {}, make("legend", {}, words.say(name)), ...options);
  };
  /** @param {string} key @param {boolean} checked @param {(on: boolean) => void} onturn */
  const turn = (key, checked, onturn) => renderOption(words.say(key), {
    type: "checkbox", checked, onchange: (/** @type {any} */ { target }) => onturn(target.checked),
  });
  return [
    make("h2", { id: "settings-title", tabindex: "-1" }, words.say("settings")),
    choose("size", SIZES),
    choose("theme", THEMES),
    make("fieldset", {},
      make("legend", {}, words.say("reading")),
      turn("simpler", isSimple, onsimple),
      aloud.isThere ? turn("aloud", aloud.isOn, onaloud) : null,
      aloud.isThere
        ? make("p", { class: "soft" }, words.say(aloud.canSpeak(words.language) ? "aloud_hint" : "no_voice"))
        : null),
    make("p", { class: "soft" }, words.say("settings_kept")),
    make("button", { type: "button", class: "back", onclick: close }, words.say("help_close")),
  ];
}

/** @param {string} label @param {Record<string, any>} attributes */
function renderOption(label, attributes) {
  return make("label", { class: "option" }, make("input", attributes), make("span", {}, label));
}
