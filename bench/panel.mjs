// How soon the panel can be used: the first group with its picture over a slow line with a slow processor, and with 6,000
// groups without either; what is fetched, how long a key press takes until it is seen, and how far things move by themselves.
//
//   npm run build && node bench/panel.mjs [GROUPS]      (Chromium: FACES2MQTT_TEST_CHROMIUM, else /usr/bin/chromium)

import { randomBytes } from "node:crypto";
import mqtt from "mqtt";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { startDaemon } from "./daemon/start-daemon.mjs";

const MANY = Number(process.argv[2] ?? 6_000);
const FEW = 40;
const DIMENSION = 128;
const IN_FLIGHT = 200;
const PICTURES = 24;
const RUNS = 3;
/** 1.6 Mbit/s, 150 ms, a quarter of this processor. */
const SLOW = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750, offline: false };
const SLOWER = 4;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1440, height: 900 } };

const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
const vector = (length) => {
  const values = Array.from({ length: DIMENSION }, normal);
  const by = length / Math.hypot(...values);
  return values.map((value) => value * by);
};

/** Most people are seen once or twice, a few often. */
const sizeOf = (n, groups) => (n < groups / 30 ? 12 : n < groups / 3 ? 3 : 1);

async function publish(url, groups) {
  const pictures = await Promise.all(
    Array.from({ length: PICTURES }, () =>
      sharp(randomBytes(8 * 8 * 3), { raw: { width: 8, height: 8, channels: 3 } })
        .resize(256, 256)
        .jpeg({ quality: 80 })
        .toBuffer()
        .then((jpeg) => jpeg.toString("base64")),
    ),
  );
  const client = await mqtt.connectAsync(url);
  let waiting = [];
  for (let group = 0; group < groups; group++) {
    const middle = vector(0.9);
    for (let shot = 0; shot < sizeOf(group, groups); shot++) {
      const noise = vector(0.12);
      const face = {
        id: `${group}-${shot}`,
        encoding: middle.map((value, at) => Number((value + noise[at]).toFixed(5))),
        thumbnail: pictures[group % PICTURES],
        box: { x: 10, y: 10, width: 90, height: 90 },
        // Too far apart for one frame or visit.
        timestamp: new Date(Date.now() - (group * 97 + shot * 7) * 60_000).toISOString(),
        history: true,
      };
      waiting.push(client.publishAsync(`faces2mqtt/embedding/camera_${group % 5}`, JSON.stringify(face), { qos: 1 }));
    }
    if (waiting.length >= IN_FLIGHT) {
      await Promise.all(waiting);
      waiting = [];
    }
  }
  await Promise.all(waiting);
  await client.endAsync();
}

async function withGroups(groups, run) {
  const daemon = await startDaemon();
  try {
    await publish(daemon.mqttUrl, groups);
    await fetch(`${daemon.api}/api/faces/discover`, { method: "POST" });
    const { clusters } = await (await fetch(`${daemon.api}/api/status`)).json().then(({ stats }) => stats);
    return await run(daemon.api, clusters);
  } finally {
    await daemon.stop();
  }
}

/** In the page, from its beginning: when the first picture is there, what moved by itself, and how long input took. */
function watch() {
  const seen = { picture: 0, shift: 0, slowest: 0 };
  globalThis.seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.slowest = Math.max(seen.slowest, entry.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  const look = () => {
    const image = document.querySelector("main img");
    if (image?.complete && image.naturalWidth > 0) seen.picture = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Bytes on the wire, by kind. */
function fetched() {
  const sum = { all: 0, script: 0, api: 0 };
  for (const { name, initiatorType, encodedBodySize, transferSize } of performance.getEntriesByType("resource")) {
    const bytes = Math.max(encodedBodySize, transferSize);
    sum.all += bytes;
    if (name.endsWith(".js")) sum.script += bytes;
    if (initiatorType === "fetch") sum.api += bytes;
  }
  return sum;
}

async function open(browser, url, device, slow) {
  const context = await browser.newContext({ ...device, locale: "en-GB" });
  const page = await context.newPage();
  await page.addInitScript(watch);
  if (slow) {
    const cdp = await context.newCDPSession(page);
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", SLOW);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  }
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.seen?.picture > 0, null, { timeout: 60_000 });
  return { context, page };
}

const kb = (bytes) => `${Math.round(bytes / 1_000)} KB`;
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

async function timed(browser, api, device, slow) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const { context, page } = await open(browser, `${api}/`, device, slow);
    const { picture } = await page.evaluate(() => globalThis.seen);
    const atPicture = await page.evaluate(fetched);
    await page.waitForTimeout(slow ? 3_000 : 1_000);
    runs.push({
      picture,
      atPicture,
      settled: await page.evaluate(fetched),
      shift: (await page.evaluate(() => globalThis.seen)).shift,
    });
    await context.close();
  }
  return {
    picture: median(runs.map((run) => run.picture)),
    script: median(runs.map((run) => run.atPicture.script)),
    api: median(runs.map((run) => run.settled.api)),
    all: median(runs.map((run) => run.settled.all)),
    shift: Math.max(...runs.map((run) => run.shift)),
  };
}

/** What one does on the page of unknown faces; the slowest answer to a key, a press or the wheel, in ms. */
async function interact(browser, api) {
  const { context, page } = await open(browser, `${api}/`, DESKTOP, false);
  await page.waitForTimeout(1_000);
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "Space", "ArrowRight", "Space", "Escape"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
  }
  for (let n = 0; n < 20; n++) {
    await page.mouse.wheel(0, 1_200);
    await page.waitForTimeout(100);
  }
  await page.keyboard.press("/");
  await page.keyboard.type("camera");
  await page.waitForTimeout(1_000);
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return seen;
}

const browser = await chromium.launch({
  executablePath: process.env.FACES2MQTT_TEST_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  await withGroups(FEW, async (api, groups) => {
    const { picture, script, all, shift } = await timed(browser, api, PHONE, true);
    console.log(`${groups} groups, phone, 1.6 Mbit/s, 150 ms, processor ÷ ${SLOWER}:`);
    console.log(
      `  first picture ${(picture / 1_000).toFixed(2)} s, scripts ${kb(script)}, all ${kb(all)}, shift ${shift.toFixed(3)}`,
    );
  });
  await withGroups(MANY, async (api, groups) => {
    const { picture, api: json, all, shift } = await timed(browser, api, DESKTOP, false);
    const { slowest, shift: shifted } = await interact(browser, api);
    console.log(`${groups} groups, desktop:`);
    console.log(
      `  first picture ${(picture / 1_000).toFixed(2)} s, API ${kb(json)}, all ${kb(all)}, shift ${shift.toFixed(3)}`,
    );
    console.log(`  slowest input ${Math.round(slowest)} ms, shift while used ${shifted.toFixed(3)}`);
  });
} finally {
  await browser.close();
}
