/** @typedef {ReturnType<typeof makeAloud>} Aloud */

const SPOKEN = "img, .stage, .title, .bubble p, .helpline h3, .helpline > p, .route, .choice";
/** @type {Record<string, string>} */
const ACCENTS = { en: "en-GB", cy: "cy-GB" };

/**
 * Reads Lantern's messages with the device's own voice, in each message's language. Off until someone turns it on.
 * @param {{onspeaking: (isSpeaking: boolean) => void}} options
 */
export function makeAloud({ onspeaking }) {
  const speech = window.speechSynthesis;
  let isOn = false;
  /** @type {Set<SpeechSynthesisUtterance>} */
  const unread = new Set(); // held here, so that no browser drops one half way

  /** @param {string} language */
  const findVoice = (language) => speech.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(language));
  const stop = () => {
    unread.clear();
    speech?.cancel();
    onspeaking(false);
  };

  return {
    isThere: Boolean(speech),
    get isOn() { return isOn; },
    /** @param {boolean} on */
    turn: (on) => {
      isOn = on;
      if (!on) stop();
    },
    /**
     * False when the device has voices, but none for this language. A list that is still empty says nothing.
     * @param {string} language
     */
    canSpeak: (language) => !speech?.getVoices().length || Boolean(findVoice(language)),
    /** @param {HTMLElement} message as it is shown */
    read: (message) => {
      const { lang } = message;
      if (!isOn || (speech.getVoices().length && !findVoice(lang))) return;
      const parts = [...message.querySelectorAll(SPOKEN)].map((part) => part.getAttribute("alt") ?? part.textContent);
      const utterance = new SpeechSynthesisUtterance(parts.join(".\n"));
      utterance.lang = ACCENTS[lang] ?? lang;
      utterance.voice = findVoice(lang) ?? null;
      utterance.onend = utterance.onerror = () => {
        unread.delete(utterance);
        if (!unread.size) onspeaking(false);
      };
      unread.add(utterance);
      onspeaking(true);
      speech.speak(utterance);
    },
    stop,
  };
}
