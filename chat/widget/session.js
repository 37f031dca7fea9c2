/**
 * The conversation on the server: its token, and what is sent with it. In memory only.
 *
 * @typedef {import("./api.js").Answer} Answer
 * @typedef {import("./api.js").Said} Said
 */

export const DELETE_NOW = "delete_chat:now";
export const SIMPLER = "change_reading_level:easy_read";
export const USUAL = "change_reading_level:standard";
/** @type {Record<string, string>} */
export const ACTION_OF = { en: "speak_english", cy: "speak_welsh" };
/** @type {Record<string, string>} */
export const LANGUAGE_OF = { speak_english: "en", speak_welsh: "cy" };

const UNSIGNED = [
  "request_help", "show_topics", "start_again", "delete_chat", ...Object.keys(LANGUAGE_OF), SIMPLER, USUAL,
];

/** A button's action without its signature; empty for none. @param {string} [action] */
export const unsign = (action = "") => action.replace(/\.[^.]*$/, "");

/**
 * @param {{api: import("./api.js").Api, profile: Record<string, string>, getLanguage: () => string}} options `profile` is what the page knows of who reads
 */
export function makeSession({ api, profile, getLanguage }) {
  /** @type {string|null} */
  let id = null;
  let until = 0; // milliseconds since 1970
  let isSimple = profile.reading_level === "easy_read";
  let generation = 0; // counts forgettings: an answer to a forgotten conversation is not shown

  const begin = async () => {
    const mine = generation;
    const language = getLanguage();
    const known = isSimple ? { ...profile, reading_level: "easy_read" } : profile;
    const answer = await api.startConversation({ ...known, language }).catch((/** @type {Error & {status?: number}} */ error) => {
      if (error.status !== 422) throw error;
      return api.startConversation({ language, site: profile.site }); // the rest of what the page knows was no use
    });
    if (mine === generation) {
      id = answer.conversation;
      until = Date.now() + answer.expires_in * 1000;
    } else api.forget(answer.conversation);
    return answer;
  };

  return {
    begin,
    /** @param {Said} said @returns {Promise<Answer|null>} null when the conversation was forgotten meanwhile */
    send: async (said) => {
      const mine = generation;
      if (!id) await begin();
      if (mine !== generation || !id) return null;
      const action = unsign(said.action);
      const answer = await api.send(id, UNSIGNED.includes(action) ? { action } : said);
      if (mine !== generation) return null;
      if (answer.reading_level) isSimple = answer.reading_level === "easy_read";
      return answer;
    },
    /** Tells whether nothing was forgotten since now. @returns {() => boolean} */
    watch: () => {
      const mine = generation;
      return () => mine === generation;
    },
    /** Gives up the token, and returns it. */
    drop: () => {
      const dropped = id;
      id = null;
      return dropped;
    },
    /** Ends the conversation here and on the server, without waiting. */
    forget: () => {
      generation += 1;
      if (id) api.forget(id);
      id = null;
      isSimple = profile.reading_level === "easy_read";
    },
    get isOpen() { return id !== null; },
    get isSimple() { return isSimple; },
    set isSimple(on) { isSimple = on; },
    get state() { return id && { id, until, isSimple, language: getLanguage() }; },
    /** @param {{id: string, until: number, isSimple: boolean}} kept */
    resume: (kept) => { ({ id, until, isSimple } = kept); },
  };
}
