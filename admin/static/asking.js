/** Asking the server, as a page does by itself. */

const PATIENCE = 15_000; // milliseconds
const LARGEST_KEPT = 50_000; // characters; a browser sends about 64 kB while it leaves a page

/** There is no answer to read. `why` is "offline", "signed-out" or "fault". */
export class NoAnswer extends Error {
  /** @param {string} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/**
 * Sends fields, also while the page is being left, and reads the answer. Throws NoAnswer.
 * @param {string} address @param {FormData} fields @param {AbortController} [control] to break it off
 * @returns {Promise<any>}
 */
export async function ask(address, fields, control = new AbortController()) {
  const length = [...fields.values()].join("").length;
  const timer = setTimeout(() => control.abort(), PATIENCE);
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      body: fields,
      keepalive: length < LARGEST_KEPT,
      signal: control.signal,
      headers: { Accept: "application/json" },
      redirect: "manual", // to the page to sign in: to open that here would take its token from another tab
    });
    if (response.headers.get("Content-Type")?.startsWith("application/json")) return await response.json();
  } catch {
    throw new NoAnswer("offline");
  } finally {
    clearTimeout(timer);
  }
  // 400: the token is of a session that has ended.
  const isSignedOut = response.type === "opaqueredirect" || [400, 401].includes(response.status);
  throw new NoAnswer(isSignedOut ? "signed-out" : "fault");
}

/** Puts the token of whoever is signed in now into every form of the page; false when nobody is. */
export async function renewToken() {
  try {
    const response = await fetch(location.href, { redirect: "manual" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector("#writing [name=csrf_token]")?.value;
    if (!token) return false;
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
    return true;
  } catch {
    return false;
  }
}
