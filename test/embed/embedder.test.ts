import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "../../src/domain/log.ts";
import { type Gates, PictureError } from "../../src/domain/pictures/snapshot.ts";
import { createEmbedder, type Embedder, type EmbedderOptions } from "../../src/embed/embedder.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const gates: Gates = { minScore: 0.8, minFacePx: 28, minNorm: 9 };
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function create(options: Partial<EmbedderOptions> = {}): Embedder {
  const script = new URL("workers/looks.mjs", import.meta.url);
  const embedder = createEmbedder({ modelsDir: "/none", workers: 1, log: silentLog, script, ...options });
  ends.push(() => embedder.stop());
  return embedder;
}

const look = (embedder: Embedder, says: string) => embedder.embed(Buffer.from(says), gates);

describe("the threads for pictures", () => {
  it("start with the first picture and end when idle", async () => {
    const embedder = create({ idleMs: 20 });
    expect(embedder.state()).toEqual({ runtime: null, workers: 0, mostWorkers: 1, busy: 0, queued: 0 });
    await look(embedder, "fine");
    expect(embedder.state()).toMatchObject({ runtime: "web", workers: 1 });
    await vi.waitFor(() => expect(embedder.state().workers).toBe(0));
    expect(await look(embedder, "fine")).toMatchObject({ height: 4 });
  });

  it("are as many as wanted, and no more than there are pictures", async () => {
    const embedder = create({ workers: 3 });
    await Promise.all([look(embedder, "slow"), look(embedder, "slow")]);
    expect(embedder.state().workers).toBe(2);
    const found = await Promise.all(Array.from({ length: 12 }, () => look(embedder, "slow")));
    expect(new Set(found.map(({ width }) => width)).size).toBe(3);
    expect(embedder.state()).toMatchObject({ workers: 3, mostWorkers: 3, busy: 0, queued: 0 });
  });

  it("take pictures in the order of their arrival, and leave them with their owner", async () => {
    const embedder = create();
    const done: string[] = [];
    const pictures = ["a", "slow", "b", "c"].map((says) => Buffer.from(says));
    await Promise.all(
      pictures.map(async (picture) => {
        await embedder.embed(picture, gates);
        done.push(picture.toString());
      }),
    );
    expect(done).toEqual(["a", "slow", "b", "c"]);
  });

  it("survive a picture that cannot be taken", async () => {
    const embedder = create();
    const { width: thread } = await look(embedder, "fine");
    await expect(look(embedder, "refused")).rejects.toThrow(new PictureError("it is no picture"));
    expect((await look(embedder, "fine")).width).toBe(thread);
  });

  it.each([
    ["throws", /failed 2 times: a bug/],
    ["exits", /failed 2 times: it ended with code 3/],
    ["hangs", /failed 2 times: it took longer than 0.3 s/],
    ["eats", /failed 2 times: .*memory/],
  ])("are replaced when a picture kills them; it is tried twice, and never again: %s", async (says, reason) => {
    const warned: object[] = [];
    const embedder = create({
      limitMs: says === "hangs" ? 300 : 20_000,
      log: { ...silentLog, warn: (fields) => warned.push(fields) },
    });
    const others = ["fine", "also fine"].map((other) => look(embedder, other));
    const failing = look(embedder, says);
    const later = look(embedder, "later");
    await expect(failing).rejects.toThrow(PictureError);
    await expect(failing).rejects.toThrow(reason);
    expect((await Promise.all([...others, later])).map(({ height }) => height)).toEqual([4, 9, 5]);
    expect(warned).toHaveLength(2);
    await expect(look(embedder, says)).rejects.toThrow(PictureError);
    expect(warned).toHaveLength(2);
  });

  it("leave no picture waiting when none of them starts", async () => {
    const embedder = create({ workers: 2, script: new URL("workers/fails.mjs", import.meta.url) });
    const waiting = await Promise.allSettled(["a", "b", "c", "d"].map((says) => look(embedder, says)));
    for (const one of waiting) {
      expect(one).toMatchObject({ status: "rejected", reason: { code: "MODELS_MISSING" } });
      expect(one).toMatchObject({ reason: { message: expect.stringContaining("no weights") } });
    }
    await vi.waitFor(() => expect(embedder.state()).toMatchObject({ workers: 0, queued: 0 }));
  });

  it("go on as those that there are when a further one does not start, which is logged", async () => {
    const warned: object[] = [];
    const embedder = create({
      workers: 2,
      modelsDir: tempFolder(),
      script: new URL("workers/alone.mjs", import.meta.url),
      log: { ...silentLog, warn: (fields) => warned.push(fields) },
    });
    const { width: thread } = await look(embedder, "first");
    const found = await Promise.all(["a", "b", "c", "d"].map((says) => look(embedder, says)));
    expect(found.map(({ width }) => width)).toEqual([thread, thread, thread, thread]);
    await vi.waitFor(() => expect(warned).toContainEqual({ reason: expect.stringContaining("no memory") }));
  });

  it("end at once when stopped, with what they have not done", async () => {
    const embedder = create();
    await look(embedder, "fine");
    const pictures = ["hangs", "fine"].map((says) => look(embedder, says));
    const settled = Promise.allSettled(pictures);
    await sleep(20);
    await embedder.stop();
    for (const one of await settled) {
      expect(one).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining("stopped") } });
      expect((one as PromiseRejectedResult).reason).not.toBeInstanceOf(PictureError);
    }
    await expect(look(embedder, "fine")).rejects.toThrow("stopped");
    expect(embedder.state().workers).toBe(0);
  });
});
