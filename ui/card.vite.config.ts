import { defineConfig } from "vite";
import { compress } from "./compress.ts";
import { messages } from "./messages-plugin.mjs";

/** The Lovelace card: one file with everything in it, as Home Assistant wants its resources. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [messages(), compress()],
  publicDir: false,
  build: {
    outDir: "dist",
    // The panel is in there already.
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: "src/card/main.ts", formats: ["es"], fileName: () => "faces2mqtt-card.js" },
  },
});
