/** A page where something is written: it saves by itself, says who else is there, and shows what the chat will show. */
import { followAdvice } from "./advice.js";
import { guardLeaving } from "./leaving.js";
import { tellPresence } from "./presence.js";
import { drawPreview } from "./preview.js";
import { makeSaving } from "./saving.js";

const [form, live, others, preview, advice] = ["writing", "live", "others", "preview", "advice"].map((id) =>
  document.getElementById(id));

const saving = makeSaving({ form, live });
const tell = others ? tellPresence({ form, live, others }) : async () => {};
guardLeaving({ form, saving, tell });
if (advice) followAdvice({ form, advice });
if (preview) drawPreview({ form, preview });
