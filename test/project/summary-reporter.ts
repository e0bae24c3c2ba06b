import type { Reporter, TestCase, TestModule } from "vitest/node";
import { missingTools } from "./optional-tools.ts";

/**
 * Says at the end which tests were skipped and what this machine lacks for them, and the sums alone on a line.
 * On a build server (`CI`), where everything has to be there, a skipped test is a failure.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === "skipped");
    const strict = process.env.CI !== undefined && process.env.CI !== "false";
    const passed = tests.filter((test) => test.result().state === "passed").length;
    const failed = tests.filter((test) => test.result().state === "failed").length;
    // A file that does not even load has no tests that could fail.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    const lines = [
      ...listSkipped(skipped, strict),
      `${passed} passed, ${failed + broken + (strict ? skipped.length : 0)} failed`,
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
    if (strict && skipped.length > 0) process.exitCode = 1;
  }
}

function listSkipped(skipped: readonly TestCase[], strict: boolean): string[] {
  if (skipped.length === 0) return [];
  const names = skipped.map((test) => {
    const result = test.result();
    const note = result.state === "skipped" && result.note ? `: ${result.note}` : "";
    return `  ${test.module.relativeModuleId} > ${test.fullName}${note}`;
  });
  const missing = missingTools();
  return [
    `${skipped.length} skipped${strict ? ", which is a failure here" : ""}:`,
    ...names,
    missing.length > 0 ? `Not on this machine: ${missing.join("; ")}` : "All that tests may need is on this machine",
    "",
  ];
}
