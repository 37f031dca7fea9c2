/**
 * How the widget looks: size of the words and colours, kept in memory. A site's own colours hold in the light theme
 * only: the dark and the high-contrast one are Lantern's, whose contrasts are known.
 *
 * @typedef {{theme: string, size: string}} Look
 */

export const THEMES = ["device", "light", "dark", "contrast"];
export const SIZES = ["0", "1", "2"];
export const USUAL = { theme: "device", size: "0" };
const COLOURS = ["deep", "lamp", "own"];

/** @param {{root: HTMLElement, colours?: Record<string, string>, signal: AbortSignal}} options */
export function makeLook({ root, colours = {}, signal }) {
  /** @type {Look} */
  const look = { ...USUAL };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const findTheme = () => {
    if (look.theme !== "device") return look.theme;
    if (contrast.matches) return "contrast";
    return dark.matches ? "dark" : "light";
  };
  const apply = () => {
    const theme = findTheme();
    Object.assign(root.dataset, { theme, size: look.size });
    for (const name of COLOURS) {
      if (theme === "light" && colours[name]) root.style.setProperty(`--${name}`, colours[name]);
      else root.style.removeProperty(`--${name}`);
    }
  };
  for (const query of [dark, contrast]) query.addEventListener("change", apply, { signal });
  apply();

  return {
    get: () => ({ ...look }),
    /** @param {Partial<Look>} [change] */
    set: (change) => {
      Object.assign(look, change);
      apply();
    },
  };
}
