/**
 * The public chat API, as a browser sees it. Nothing is kept: no cookie, no storage, no cache.
 *
 * @typedef {{label: string, action: string}} Button
 * @typedef {{channel: string, label: string, href?: string, say?: string}} Route
 * @typedef {{id: string, name: string, what_for: string, routes: Route[], hours: string, open_now: boolean|null,
 *            cost: string, trace: string, privacy: string, awaiting_check: boolean}} Helpline
 * @typedef {{src: string, alt: string}} Picture from Lantern's address on, and what it shows in words
 * @typedef {{type: string, text?: string, title?: string, picture?: Picture, copy?: boolean, buttons?: Button[],
 *            helplines?: Helpline[]}} Message
 * @typedef {{messages: Message[], language?: string}} Answer
 */

const PATIENCE = 15_000; // milliseconds; the server answers within two seconds, a phone in a bus may not

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
    return [401, 404, 410].includes(this.status);
  }
}

/** @param {string|URL} base where Lantern is served, with a slash at the end */
export function connect(base) {
  /** @param {string} path @param {object} [body] */
  const call = async (path, body) => {
    let response, answer;
    try {
      response = await fetch(new URL(path, base), {
        method: body ? "POST" : "GET",
        headers: body ? { "Content-Type": "application/json" } : {},
        body: body && JSON.stringify(body),
        credentials: "omit",
        cache: body ? "no-store" : "default",
        signal: AbortSignal.timeout(PATIENCE),
      });
      answer = await response.json();
    } catch {
      throw new Problem(response && !response.ok ? response.status : 0);
    }
    if (!response.ok) throw new Problem(response.status, answer);
    // The language the conversation is in after this answer: someone may have typed "Cymraeg plis".
    return { language: response.headers.get("Content-Language") ?? undefined, ...answer };
  };
  const place = (id) => `api/conversations/${encodeURIComponent(id)}`;

  return {
    /** @param {string} path from Lantern's address on */
    locate: (path) => new URL(path, base).href,
    /** All words and the lines for everyone, in one language. */
    loadWords: (language) => call(`widget/start.json?language=${language}`),
    /** @returns {Promise<Answer & {conversation: string}>} */
    startConversation: (profile) => call("api/conversations", profile),
    /** @param {string} id @param {{text: string}|{action: string}} said @returns {Promise<Answer>} */
    send: (id, said) => call(`${place(id)}/messages`, said),
    /** Deletes without waiting, also while the page is being left. */
    forget: (id) => {
      fetch(new URL(place(id), base), { method: "DELETE", keepalive: true, credentials: "omit" }).catch(() => {});
    },
  };
}
