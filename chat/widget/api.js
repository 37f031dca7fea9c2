/**
 * The public chat API, as a browser sees it. Nothing is kept: no cookie, no storage, no cache.
 *
 * @typedef {{label: string, action: string}} Button
 * @typedef {{channel: string, label: string, href?: string, say?: string}} Route
 * @typedef {{id: string, name: string, what_for: string, routes: Route[], hours: string, open_now: boolean|null,
 *            cost: string, trace: string, privacy: string, awaiting_check: boolean}} Helpline
 * @typedef {{src: string, alt: string}} Picture from Lantern's address on, and what it shows in words
 * @typedef {{kind: string, title: string, step?: number, steps?: number, over?: boolean}} Activity a step of one begins
 * @typedef {{type: string, text?: string, title?: string, picture?: Picture, copy?: boolean, buttons?: Button[],
 *            helplines?: Helpline[], activity?: Activity}} Message
 * @typedef {{messages: Message[], language?: string, reading_level?: string}} Answer
 * @typedef {{text?: string, action?: string}} Said one of the two
 * @typedef {ReturnType<typeof connect>} Api
 */

const PATIENCE = 15_000; // milliseconds; the server answers within two seconds, a phone in a bus may not
const GONE = [401, 404, 410]; // there is no such conversation, or none any more

/** The server said no, or nothing came back (then `status` is 0 and there is no `detail`). */
export class Problem extends Error {
  /** @param {number} status @param {{detail?: string, messages?: Message[]}} [body] */
  constructor(status, { detail, messages } = {}) {
    super(`chat API: ${status}`);
    this.status = status;
    this.detail = detail;
    this.messages = messages ?? [];
  }

  /** True when this conversation will never answer again: unknown, expired or deleted. */
  get isGone() {
    return GONE.includes(this.status);
  }
}

/** @param {string|URL} base where Lantern is served, with a slash at the end @param {string} [site] the key of the site */
export function connect(base, site) {
  const ofSite = site ? `&site=${encodeURIComponent(site)}` : "";
  /** @param {string} path @param {object} [body] @param {string} [method] */
  const call = async (path, body, method = body ? "POST" : "GET") => {
    let response, answer;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      response = await fetch(new URL(path, base), {
        method,
        headers: body ? { "Content-Type": "application/json" } : {},
        body: body && JSON.stringify(body),
        credentials: method === "GET" ? "same-origin" : "omit", // as /chat asks for the words ahead; there are no cookies
        cache: body ? "no-store" : "default",
        signal: patience.signal,
      });
      answer = response.status === 204 ? {} : await response.json();
    } catch {
      throw new Problem(response && !response.ok ? response.status : 0);
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) throw new Problem(response.status, answer);
    // The language the conversation is in after this answer: someone may have typed "Cymraeg plis".
    return { language: response.headers.get("Content-Language") ?? undefined, ...answer };
  };
  /** @param {string} id */
  const place = (id) => `api/conversations/${encodeURIComponent(id)}`;

  return {
    /** @param {string} path from Lantern's address on */
    locate: (path) => new URL(path, base).href,
    /** All words and the lines for everyone, in one language. @param {string} language */
    loadWords: (language) => call(`widget/start.json?language=${language}${ofSite}`),
    /** @param {object} profile @returns {Promise<Answer & {conversation: string, expires_in: number}>} */
    startConversation: (profile) => call("api/conversations", profile),
    /** @param {string} id @param {Said} said @returns {Promise<Answer>} */
    send: (id, said) => call(`${place(id)}/messages`, said),
    /**
     * Deletes, and asks the server again: true when it says that there is no such conversation any more.
     * @param {string} id @returns {Promise<boolean>} false when it could not be asked
     */
    isGone: async (id) => {
      for (const _ of ["delete", "ask again"]) {
        try {
          await call(place(id), undefined, "DELETE");
        } catch (error) {
          return error instanceof Problem && error.isGone;
        }
      }
      return false;
    },
    /** Deletes without waiting, also while the page is being left. @param {string} id */
    forget: (id) => {
      fetch(new URL(place(id), base), { method: "DELETE", keepalive: true, credentials: "omit" }).catch(() => {});
    },
  };
}
