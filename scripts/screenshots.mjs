// Photographs every page, phone and desktop, light and dark, into docs/screenshots.
//   node scripts/screenshots.mjs          starts the demo, whose faces are drawn, names a few people and photographs that
//   node scripts/screenshots.mjs URL      photographs a panel that runs already: never one that shows real people
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { freePort } from "../bench/daemon/free-port.mjs";

const ROOT = resolve(import.meta.dirname, "..");
const OUT = join(ROOT, "docs/screenshots");
// In order of how often they come.
const NAMES = ["Anna", "Julia", "Łukasz", "Maks", "Babcia Halina Wiśniewska-Kowalczyk", "Omar"];
const MORE_FACES = 50;
const PAUSE_MS = 1_200;
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
  const group =
    clusters.find((cluster) => cluster.split) ?? clusters.find((cluster) => !cluster.suggestion) ?? clusters[0];
  const person = [...people].sort((a, b) => b.faces - a.faces)[0];
  return {
    unknown: "",
    review: "?page=review",
    map: "?page=map",
    ...(group ? { group: `?page=group&id=${encodeURIComponent(group.id)}` } : {}),
    people: "?page=people",
    ...(person
      ? {
          person: `?page=person&id=${encodeURIComponent(person.person_id)}`,
          photo: [`?page=person&id=${encodeURIComponent(person.person_id)}`, openPhoto],
        }
      : {}),
    activity: "?page=activity",
    history: "?page=history",
    threshold: "?page=threshold",
    status: "?page=status",
  };
}

/** Opens a photo of the page that is shown, where it has one. */
async function openPhoto(page) {
  await page.locator("main h1").first().waitFor();
  await pause(PAUSE_MS);
  await page.locator("main .tiles .tile, main .cells .cell").first().click();
}

/** @param pages Addresses by name; or an address and what to do there. */
async function photograph(base, pages) {
  await mkdir(OUT, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  for (const [device, options] of Object.entries(DEVICES)) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ ...options, colorScheme, reducedMotion: "reduce", locale: "en-GB" });
      for (const [name, [search, prepare]] of Object.entries(pages).map(([key, value]) => [key, [value].flat()])) {
        const page = await context.newPage();
        await page.goto(new URL(search, base).href);
        await prepare?.(page);
        await page.locator("main h1").first().waitFor();
        // Lists and pictures come after the heading; the stream of events keeps the network from ever being idle.
        await pause(PAUSE_MS);
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

/** Starts a daemon that has seen nothing yet. */
async function startEmpty() {
  const folder = await mkdtemp(join(tmpdir(), "faces2mqtt-empty-"));
  const [http, mqtt] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [join(ROOT, "dist/main.js"), "run"], {
    cwd: folder,
    env: { ...process.env, FACES2MQTT_HTTP_PORT: String(http), FACES2MQTT_MQTT_EMBEDDED_PORT: String(mqtt) },
    stdio: "ignore",
  });
  const base = `http://127.0.0.1:${http}/`;
  await until(async () => (await ask(base, "healthz")).healthy);
  return {
    base,
    async stop() {
      child.kill();
      await once(child, "exit");
      await rm(folder, { recursive: true });
    },
  };
}

const [given] = process.argv.slice(2);
const system = given ? { base: given, stop() {} } : await startDemo();
try {
  await photograph(system.base, await pagesOf(system.base));
} finally {
  await system.stop();
}
if (!given) {
  const empty = await startEmpty();
  try {
    await photograph(empty.base, { start: "" });
  } finally {
    await empty.stop();
  }
}
