import { defineConfig } from "vite";
import { compress } from "./compress.ts";
import { messages } from "./messages-plugin.mjs";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [messages(), compress()],
  // Relative: the panel is served under whatever path a proxy gives it.
  base: "./",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // The panel's content policy allows files of its own origin only, so nothing is inlined as a data URL.
    assetsInlineLimit: 0,
    // With the polyfill the page would carry an inline script.
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": process.env.FACES2MQTT_URL ?? "http://127.0.0.1:8099" } },
});
