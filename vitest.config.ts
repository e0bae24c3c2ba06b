import { defineConfig } from "vitest/config";
import { messages } from "./ui/messages-plugin.mjs";

const times = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: ["default", "./test/project/summary-reporter.ts"],
    coverage: { provider: "v8", include: ["src/**/*.ts", "ui/src/**/*.ts"], exclude: ["src/*/kernel/kernel.ts"] },
    projects: [
      {
        plugins: [messages()],
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/golden/**", "test/real-home-assistant/**", "test/other-brokers/**"],
          sequence: { groupOrder: 0 },
          ...times,
        },
      },
      {
        // Whole daemons, brokers and browsers, one file after another: they share the machine's few cores.
        test: {
          name: "whole",
          include: ["test/e2e/**/*.test.ts", "test/golden/**/*.test.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          // As long as a browser waits for what it is to find: a second is short on a busy machine.
          expect: { poll: { timeout: 10_000 } },
          ...times,
        },
      },
    ],
  },
});
