/**
 * What stays over a change of page, only where the site allows it: the conversation's token, the messages shown, and
 * whether the panel is open. In sessionStorage, so it ends with the tab; Exit, Delete and the chat's own end clear it.
 *
 * @typedef {import("./api.js").Message} Message
 * @typedef {{language: string, own?: string, message?: Message}} Shown what the person said, or one message of Lantern's
 * @typedef {{id: string, until: number, shown: Shown[], isSimple: boolean, language: string, isOpen: boolean,
 *            look: import("./look.js").Look}} Kept `until` is when the token ends, in milliseconds since 1970
 */

const NAME = "lantern-chat";

/** A page may forbid storage: then nothing is kept, and nothing else changes. @param {() => any} task */
const attempt = (task) => {
  try {
    return task();
  } catch {
    return null;
  }
};

/**
 * @param {boolean} isAllowed what the site says
 * @returns {{isAllowed: boolean, load: () => Kept|null, save: (kept: Kept) => void, clear: () => void}}
 */
export function makeKeeper(isAllowed) {
  const clear = () => attempt(() => sessionStorage.removeItem(NAME));
  if (!isAllowed) return { isAllowed, load: () => null, save: () => {}, clear };
  return {
    isAllowed,
    load: () => {
      const kept = attempt(() => JSON.parse(sessionStorage.getItem(NAME) ?? "null"));
      if (kept?.until > Date.now()) return kept;
      clear();
      return null;
    },
    save: (kept) => attempt(() => sessionStorage.setItem(NAME, JSON.stringify(kept))),
    clear,
  };
}
