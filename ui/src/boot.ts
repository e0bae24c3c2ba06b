import "./css/tokens.css";
import "./css/base.css";
import "./css/shell.css";
import "./css/head.css";
import "./css/buttons.css";
import "./css/faces.css";
import "./css/cards.css";
import "./css/name-field.css";
import "./css/ruler.css";
import "./css/floats.css";
import "./css/lists.css";
import "./css/parts.css";
import "./css/title.css";
import "./css/tools.css";
import "./css/cells.css";
import "./css/acts.css";
import "./css/marks.css";
import "./css/motion.css";
import { chooseLanguage, loadTexts } from "./texts/load.ts";

// The smallest entry: texts depend on the browser, so that they are asked for at once, beside everything else.
const root = document.documentElement;
if (new URLSearchParams(location.search).has("embed")) root.dataset.embed = "";
const language = chooseLanguage(location.search, navigator.languages);
root.lang = language;
const [{ start }, texts] = await Promise.all([import("./main.ts"), loadTexts(language)]);
start(texts);
