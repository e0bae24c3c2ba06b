import { defineConfig } from "vitest/config";

/** Workers on a broker besides Mosquitto: `npm run test:brokers`. It needs Java and Maven, and fetches the broker. */
export default defineConfig({
  test: {
    reporters: ["default", "./test/project/summary-reporter.ts"],
    include: ["test/other-brokers/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
