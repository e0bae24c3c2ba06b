import { defineConfig } from "vite";
import { compress } from "./compress.ts";
import { messages } from "./messages-plugin.mjs";
import { preload } from "./preload.ts";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [messages(), preload(), compress()],
  // Relative: the panel is served under whatever path a proxy gives it.
  base: "./",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // The panel's content policy allows files of its own origin only, so nothing is inlined as a data URL.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // The entry waits for neither lit nor the page, so that it can ask for the texts.
            { name: "boot", test: /src\/texts\/(load|compiled|format|when)\.ts$|preload-helper/, priority: 2 },
            // One file for the first use: thirty small ones are thirty turns on six connections.
            { name: "core", test: /src\/(main|pages\/unknown\/unknown-page)\.ts$/, priority: 1 },
          ],
        },
      },
    },
    // With the polyfill the page would carry an inline script.
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": process.env.FACES2MQTT_URL ?? "http://127.0.0.1:8099" } },
});
