const SLOW = 1_800; // milliseconds until it is said that this takes long: the server answers within two seconds

/**
 * The queue of what was said, each waiting for the answer to the one before, with a line that says so.
 *
 * @param {{view: import("./view.js").View, getWords: () => import("./words.js").Words}} options
 */
export function makeQueue({ view, getWords }) {
  const { waiting } = view;
  /** @type {Promise<unknown>} */
  let queue = Promise.resolve();
  let unanswered = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let slow;

  /** @param {"waiting"|"slow"|null} key */
  const tell = (key) => {
    const text = key ? getWords().say(key) : "";
    if (waiting.textContent !== text) waiting.textContent = text; // said once
  };
  const answered = () => {
    clearTimeout(slow);
    tell(unanswered > 1 ? "waiting" : null);
  };

  return {
    /** Runs a task when those before it are done. @param {() => Promise<unknown>} task */
    enqueue: (task) => {
      unanswered += 1;
      tell("waiting");
      queue = queue.then(() => {
        slow = setTimeout(() => tell("slow"), SLOW);
        return task();
      }).finally(() => {
        answered();
        unanswered -= 1;
      });
      return queue;
    },
    /** The answer is here, and only being shown. */
    answered,
  };
}
