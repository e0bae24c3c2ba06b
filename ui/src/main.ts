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
import { createApp } from "./app.ts";
import type { Shell } from "./app-shell.ts";
import "./app-shell.ts";
import { followTheme } from "./state/theme.ts";
import { chooseLanguage, loadTexts } from "./texts/load.ts";

/** Starts the panel, under any path, in the language of the browser. */
async function main(): Promise<void> {
  const root = document.documentElement;
  if (new URLSearchParams(location.search).has("embed")) root.dataset.embed = "";
  followTheme(window);
  const language = chooseLanguage(location.search, navigator.languages);
  root.lang = language;
  const t = await loadTexts(language);
  const app = createApp(window, new URL("./", document.baseURI).href, t);
  app.start();
  const shell = document.querySelector<Shell>("f-shell");
  if (shell) shell.app = app;
}

void main();
