import { defineConfig } from "vitest/config";

/** The suite with a real Home Assistant: `npm run test:ha`, see test/real-home-assistant/README.md. */
export default defineConfig({
  test: {
    reporters: ["default", "./test/project/summary-reporter.ts"],
    include: ["test/real-home-assistant/**/*.test.ts"],
    globalSetup: ["test/real-home-assistant/install.ts"],
    // Every file starts a Home Assistant of its own.
    fileParallelism: false,
    pool: "forks",
    // Home Assistant's registries are asked over a web socket, which Node 20 has behind this flag.
    execArgv: ["--experimental-websocket"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
