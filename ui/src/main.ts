import { createApp } from "./app.ts";
import { preloadPage, type Shell } from "./app-shell.ts";
import { toRoute } from "./state/router.ts";
import { followTheme } from "./state/theme.ts";
import type { Texts } from "./texts/load.ts";

// Beside the texts, which may still be on their way.
preloadPage(toRoute(location.search).page);

/** Starts the panel, under any path. */
export function start(texts: Texts): void {
  followTheme(window);
  const app = createApp(window, new URL("./", document.baseURI).href, texts);
  app.start();
  const shell = document.querySelector<Shell>("f-shell");
  if (shell) shell.app = app;
}
