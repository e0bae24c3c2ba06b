import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** What axe-core finds in what is shown now. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = (await page.evaluate("axe.run().then((result) => result.violations)")) as Finding[];
  return violations.map(
    ({ id, impact, nodes }) =>
      `${id} (${impact}): ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`,
  );
}

/** What axe-core finds in what is shown now, in the dark and in the light. */
export async function findInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    // Drawn, and colours that change slowly have changed.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.evaluate(async () => {
      const ends = document.getAnimations().filter((one) => one instanceof CSSTransition);
      await Promise.allSettled(ends.map((one) => one.finished));
    });
    found.push(...(await findViolations(page)).map((one) => `${colorScheme}: ${one}`));
  }
  return found;
}
