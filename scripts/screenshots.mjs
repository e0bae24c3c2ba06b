// Photographs every page, phone and desktop, light and dark, into docs/screenshots.
//   node scripts/screenshots.mjs          starts the demo, whose faces are drawn, names a few people and photographs that
//   node scripts/screenshots.mjs URL      photographs a panel that runs already: never one that shows real people
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import sharp from "sharp";

const ROOT = resolve(import.meta.dirname, "..");
const OUT = join(ROOT, "docs/screenshots");
// In order of how often they come.
const NAMES = ["Anna", "Julia", "Łukasz", "Maks", "Babcia Halina Wiśniewska-Kowalczyk", "Omar"];
const MORE_FACES = 50;
const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 },
};

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function ask(base, path, method = "GET", body = undefined) {
  const answer = await fetch(new URL(path, base), {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Starts the demo and resolves when enough has happened to be worth a picture. */
async function startDemo() {
  const child = spawn(process.execPath, [join(ROOT, "dist/main.js"), "demo", "--port", "0", "--mqtt-port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  let base;
  try {
    await until(async () => child.exitCode !== null || said.includes("Ctrl-C ends it"));
    base = `${/Panel +(\S+)/.exec(said)[1]}/`;
    await ask(base, "api/faces/discover", "POST", {});
    const { clusters } = await ask(base, "api/faces/clusters");
    for (const [at, name] of NAMES.entries()) {
      const cluster = clusters[at];
      if (cluster?.size > 1) await ask(base, `api/faces/clusters/${cluster.id}/assign`, "POST", { name });
    }
    const { faces } = (await ask(base, "api/status")).stats;
    await until(async () => (await ask(base, "api/status")).stats.faces >= faces + MORE_FACES);
    await ask(base, "api/faces/discover", "POST", {});
  } catch (error) {
    child.kill();
    throw error;
  }
  return { base, stop: () => child.kill() };
}

async function until(isSo) {
  for (let tries = 0; tries < 240; tries++) {
    if (await isSo().catch(() => false)) return;
    await pause(500);
  }
  throw new Error("waited for two minutes in vain");
}

async function pagesOf(base) {
  const { clusters } = await ask(base, "api/faces/clusters");
  const { people } = await ask(base, "api/faces/registry");
  const group = clusters.find((cluster) => !cluster.suggestion) ?? clusters[0];
  const person = [...people].sort((a, b) => b.faces - a.faces)[0];
  return {
    discover: "",
    ...(group ? { group: `?page=group&id=${encodeURIComponent(group.id)}` } : {}),
    people: "?page=people",
    ...(person ? { person: `?page=person&id=${encodeURIComponent(person.person_id)}` } : {}),
    activity: "?page=activity",
    threshold: "?page=threshold",
    status: "?page=status",
  };
}

async function photograph(base) {
  await mkdir(OUT, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const pages = await pagesOf(base);
  for (const [device, options] of Object.entries(DEVICES)) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ ...options, colorScheme, reducedMotion: "reduce", locale: "en-GB" });
      for (const [name, search] of Object.entries(pages)) {
        const page = await context.newPage();
        await page.goto(new URL(search, base).href);
        await page.locator("main h1").first().waitFor();
        // Lists and pictures come after the heading; the stream of events keeps the network from ever being idle.
        await pause(1_200);
        const shot = await page.screenshot();
        await sharp(shot)
          .png({ palette: true, quality: 90 })
          .toFile(join(OUT, `${name}-${device}-${colorScheme}.png`));
        await page.close();
      }
      await context.close();
    }
  }
  await browser.close();
}

const [given] = process.argv.slice(2);
const system = given ? { base: given, stop() {} } : await startDemo();
try {
  await photograph(system.base);
} finally {
  system.stop();
}
