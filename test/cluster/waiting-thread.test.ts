import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { builtScript } from "../../src/cluster/built-script.ts";
import { type ClustererOptions, createClusterer } from "../../src/cluster/clusterer.ts";
import { makeFaces } from "../../src/demo/made-faces.ts";

const script = new URL("./workers/answers.mjs", import.meta.url);
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function open(options: ClustererOptions = {}) {
  const clusterer = createClusterer({ script, ...options });
  ends.push(clusterer.stop);
  /** Which thread answered. What it counts while it lives is in `beats`. */
  async function ask(count = 1, { threshold = 1, beats = shared(count), signal = new AbortController().signal } = {}) {
    const encodings = { data: beats, count, dimension: 1 };
    const { heights } = await clusterer.cluster({ encodings, threshold, engine: "native", signal });
    return heights[0]!;
  }
  return { ...clusterer, ask };
}

const shared = (count: number) => new Float32Array(new SharedArrayBuffer(4 * count));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function isCounting(beats: Float32Array): Promise<boolean> {
  const before = beats[0];
  await pause(100);
  return beats[0] !== before;
}

describe("a thread that waits for the next call", () => {
  it("runs one call after another while faces are few", async () => {
    const { ask } = open();
    const first = await ask(1);
    expect(await ask(3_000)).toBe(first);
    expect(await ask(1)).toBe(first);
  });

  it("ends with its memory when faces were many", async () => {
    const { ask } = open();
    const beats = shared(3_001);
    const first = await ask(3_001, { beats });
    expect(await isCounting(beats)).toBe(false);
    expect(await ask()).not.toBe(first);
  });

  it("can be made ready for a call that is about to come", async () => {
    const { ask, prepare } = open();
    prepare();
    prepare();
    const next = open();
    const between = await next.ask();
    expect(await ask()).toBeLessThan(between);
  });

  it("ends when no call comes for a while", async () => {
    const { ask } = open({ idleMs: 50 });
    const beats = shared(1);
    const first = await ask(1, { beats });
    await vi.waitFor(async () => expect(await isCounting(beats)).toBe(false), 5_000);
    expect(await ask()).not.toBe(first);
  });

  it("is one, however many calls ran at once", async () => {
    const { ask } = open();
    const both = [shared(1), shared(1)];
    const threads = await Promise.all(both.map((beats) => ask(1, { beats })));
    expect(new Set(threads).size).toBe(2);
    const counting = await Promise.all(both.map(isCounting));
    expect(counting.filter(Boolean)).toHaveLength(1);
    expect(threads).toContain(await ask());
  });

  it("is gone after an error, and the next call has another", async () => {
    const { ask } = open();
    const first = await ask();
    await expect(ask(1, { threshold: 9 })).rejects.toThrow("clustering failed: not this one");
    expect(await ask()).toBeGreaterThan(first);
  });

  it("may die while it waits: the next call has another", async () => {
    const { ask } = open();
    const beats = shared(1);
    const first = await ask(1, { threshold: 8, beats });
    await vi.waitFor(async () => expect(await isCounting(beats)).toBe(false), 5_000);
    expect(await ask()).toBeGreaterThan(first);
  });

  it("ends with a call that is cancelled", async () => {
    const { ask } = open();
    const first = await ask();
    const beats = shared(1);
    const abort = new AbortController();
    const answer = ask(1, { threshold: 7, beats, signal: abort.signal });
    await vi.waitFor(() => expect(beats[0]).toBeGreaterThan(0), 5_000);
    abort.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    expect(await isCounting(beats)).toBe(false);
    expect(await ask()).toBeGreaterThan(first);
  });

  it("does not keep a process from ending", () => {
    const program = fileURLToPath(new URL("./workers/clusters-and-ends.mjs", import.meta.url));
    const args = [program, builtScript("clusterer").href];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 20_000 });
    expect({ stdout, status }).toEqual({ stdout: "done\n", status: 0 });
  });
});

const status = "/proc/self/status";
const why = existsSync(status) ? "" : " (skipped: this system does not say what memory a process has)";

it.skipIf(why)(`keeps no memory of faces while it waits${why}`, async () => {
  const reserved = (): number => Number(/VmSize:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 2 ** 20;
  const clusterer = createClusterer();
  ends.push(clusterer.stop);
  const request = { encodings: { data: makeFaces(200, 20).data, count: 200, dimension: 128 }, threshold: 0.6 };
  const before = reserved();
  // A WebAssembly memory reserves some 10 GB of addresses, however small it is.
  for (let call = 0; call < 4; call++) await clusterer.cluster({ ...request, engine: "native" });
  expect(reserved() - before).toBeGreaterThan(8);
  await vi.waitFor(() => expect(reserved() - before).toBeLessThan(4), 5_000);
});

describe("stopping", () => {
  it("ends the thread that waits, and those that run", async () => {
    const { ask, stop } = open();
    const beats = [shared(1), shared(1)];
    const running = ask(1, { threshold: 7, beats: beats[0]! });
    const cancelled = expect(running).rejects.toMatchObject({ name: "AbortError" });
    await ask(1, { beats: beats[1]! });
    await stop();
    await cancelled;
    expect(await Promise.all(beats.map(isCounting))).toEqual([false, false]);
  });

  it("starts nothing afterwards", async () => {
    const { ask, stop, prepare } = open();
    await stop();
    prepare();
    await expect(ask()).rejects.toMatchObject({ name: "AbortError" });
  });
});
