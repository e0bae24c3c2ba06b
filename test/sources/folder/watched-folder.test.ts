import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../src/domain/clock.ts";
import { silentLog } from "../../../src/domain/log.ts";
import type { Snapshot } from "../../../src/domain/pictures/snapshot.ts";
import { createWatchedFolder } from "../../../src/sources/folder/watched-folder.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeJpeg } from "../../helpers/test-camera.ts";

/** The real clock, whose waits are as long as the test wants. */
function makeFastClock() {
  const waits: { run: () => void; cancelled: boolean }[] = [];
  return {
    clock: {
      ...systemClock,
      after(ms: number, run: () => void) {
        // Checks of the folder come when the test asks for them.
        if (ms < 1_000) return systemClock.after(ms, run);
        const wait = { run, cancelled: false };
        waits.push(wait);
        return () => {
          wait.cancelled = true;
        };
      },
    },
    check() {
      for (const { run, cancelled } of waits.splice(0)) if (!cancelled) run();
    },
  };
}

async function openFolder(
  prepare: (folder: string) => void = (folder) => mkdirSync(join(folder, "door"), { recursive: true }),
) {
  const folder = join(tempFolder(), "pictures");
  prepare(folder);
  const taken: Snapshot[] = [];
  const states: { ok: boolean; sentence: string }[] = [];
  const { clock, check } = makeFastClock();
  const watched = createWatchedFolder({
    folder,
    maxPictureBytes: 10_000,
    take(snapshot) {
      taken.push(snapshot);
      return { snapshotId: "abc", outcome: "queued" };
    },
    report: (_, state) => states.push(state),
    clock,
    log: silentLog,
  });
  await watched.start();
  onTestFinished(watched.stop);
  const marks = () =>
    taken.map(
      ({ camera, picture }) => `${camera}:${/-----(.*)\xff/.exec(Buffer.from(picture).toString("latin1"))?.[1]}`,
    );
  /** What has been taken when the next good picture has been: what was before it would have been too. */
  const settled = async () => {
    await new Promise((done) => setTimeout(done, 400));
    mkdirSync(join(folder, "last"), { recursive: true });
    writeFileSync(join(folder, "last", "x.jpg"), makeJpeg("end"));
    await expect.poll(marks, { timeout: 5_000 }).toContain("last:end");
    return marks().filter((mark) => mark !== "last:end");
  };
  return { folder, watched, taken, states, check, marks, settled };
}

describe("createWatchedFolder", () => {
  it("takes what appears, with the time it was written, and leaves the file there", async () => {
    const { folder, taken, marks, states } = await openFolder();
    const file = join(folder, "door", "a.JPEG");
    writeFileSync(file, makeJpeg("1"));
    const long = new Date("2026-02-18T10:00:00Z");
    utimesSync(file, long, long);
    await expect.poll(marks).toEqual(["door:1"]);
    expect(taken[0]).toMatchObject({ camera: "door", capturedAt: long, history: false, eventId: null });
    expect(existsSync(file)).toBe(true);
    expect(states).toEqual([{ ok: true, sentence: `pictures that appear in ${folder}/<camera>/ are taken` }]);
  });

  it("does not take what was there, but what is written over it, moved in, or comes with a new camera", async () => {
    const { folder, marks } = await openFolder((made) => {
      mkdirSync(join(made, "door"), { recursive: true });
      writeFileSync(join(made, "door", "old.jpg"), makeJpeg("old"));
      writeFileSync(join(made, "door", "latest.jpg"), makeJpeg("old"));
    });
    writeFileSync(join(folder, "door", "latest.jpg"), makeJpeg("over"));
    await expect.poll(marks).toEqual(["door:over"]);
    writeFileSync(join(folder, "door", "b.jpg.part"), makeJpeg("moved"));
    renameSync(join(folder, "door", "b.jpg.part"), join(folder, "door", "b.jpg"));
    await expect.poll(marks).toEqual(["door:over", "door:moved"]);
    mkdirSync(join(folder, "yard"));
    writeFileSync(join(folder, "yard", "c.jpg"), makeJpeg("new"));
    await expect.poll(marks).toEqual(["door:over", "door:moved", "yard:new"]);
  });

  it("waits until a picture is completely written", async () => {
    const { folder, marks } = await openFolder();
    const file = join(folder, "door", "slow.jpg");
    const whole = makeJpeg("slow");
    writeFileSync(file, whole.subarray(0, 6));
    await new Promise((done) => setTimeout(done, 700));
    expect(marks()).toEqual([]);
    appendFileSync(file, whole.subarray(6));
    await expect.poll(marks).toEqual(["door:slow"]);
  });

  it("takes nothing that is hidden, no picture's name, linked, or elsewhere", async () => {
    const { folder, settled } = await openFolder();
    const outside = join(tempFolder(), "secret.jpg");
    writeFileSync(outside, makeJpeg("secret"));
    symlinkSync(outside, join(folder, "door", "link.jpg"));
    linkSync(outside, join(folder, "door", "hard.jpg"));
    symlinkSync(join(outside, ".."), join(folder, "linked"));
    writeFileSync(join(outside, "..", "d.jpg"), makeJpeg("linked"));
    writeFileSync(join(folder, "door", ".hidden.jpg"), makeJpeg("hidden"));
    writeFileSync(join(folder, "door", "notes.txt"), makeJpeg("notes"));
    writeFileSync(join(folder, "root.jpg"), makeJpeg("root"));
    mkdirSync(join(folder, "door", "deep"));
    writeFileSync(join(folder, "door", "deep", "e.jpg"), makeJpeg("deep"));
    mkdirSync(join(folder, ".hidden"));
    writeFileSync(join(folder, ".hidden", "f.jpg"), makeJpeg("hidden"));
    spawnSync("mkfifo", [join(folder, "door", "pipe.jpg")]);
    writeFileSync(join(folder, "door", "large.jpg"), Buffer.concat([makeJpeg("large"), Buffer.alloc(10_000)]));
    expect(await settled()).toEqual([]);
  });

  it("outlives its folder: missing at first, and mounted again", async () => {
    const { folder, states, check, marks } = await openFolder(() => undefined);
    expect(states).toEqual([{ ok: false, sentence: `pictures in ${folder} are not seen: there is no such folder` }]);
    const checked = (): boolean | undefined => {
      check();
      return states.at(-1)?.ok;
    };
    for (const mark of ["1", "2"]) {
      mkdirSync(join(folder, "door"), { recursive: true });
      await expect.poll(checked).toBe(true);
      writeFileSync(join(folder, "door", "a.jpg"), makeJpeg(mark));
      await expect.poll(marks).toContain(`door:${mark}`);
      rmSync(folder, { recursive: true });
      await expect.poll(checked).toBe(false);
    }
  });

  it("takes nothing any more after it has stopped", async () => {
    const { folder, watched, marks } = await openFolder();
    writeFileSync(join(folder, "door", "a.jpg"), makeJpeg("1"));
    await watched.stop();
    writeFileSync(join(folder, "door", "b.jpg"), makeJpeg("2"));
    await new Promise((done) => setTimeout(done, 500));
    expect(marks()).toEqual([]);
  });

  it("leaves nothing open when it is stopped while it starts", async () => {
    const watching = () => process.getActiveResourcesInfo().filter((one) => one === "FSEventWrap").length;
    const folder = tempFolder();
    mkdirSync(join(folder, "door"));
    const before = watching();
    const watched = createWatchedFolder({
      folder,
      maxPictureBytes: 10_000,
      take: () => ({ snapshotId: "abc", outcome: "queued" }),
      report: () => undefined,
      clock: systemClock,
      log: silentLog,
    });
    const starting = watched.start();
    await watched.stop();
    await starting;
    await expect.poll(watching).toBe(before);
  });
});
