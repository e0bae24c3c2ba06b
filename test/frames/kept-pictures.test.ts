import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createKeptPictures } from "../../src/frames/kept-pictures.ts";
import { createFrames } from "../../src/frames/locate.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const at = new Date("2026-02-18T23:59:59Z");
const JPEG = Buffer.from("\xff\xd8\xff picture", "latin1");

const make = (id: string, picture: Uint8Array = JPEG) => ({
  camera: "Front Door",
  snapshotId: id.padStart(16, "0"),
  picture,
  at,
});

it("keeps a picture by camera and date under a source that frames are found by", async () => {
  const folder = join(tempFolder(), "snapshots");
  const kept = createKeptPictures(folder);
  const { source } = await kept.keep(make("a1"));
  expect(source).toBe("snapshots/front_door/2026-02-18/00000000000000a1.jpg");
  expect(await createFrames([folder]).read(source)).toEqual(JPEG);
  expect(statSync(join(folder, "front_door/2026-02-18/00000000000000a1.jpg")).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "front_door")).mode & 0o777).toBe(0o700);
  expect((await kept.keep(make("a2", Buffer.from("\x89PNG\r\n\x1a\n....", "latin1")))).source).toMatch(/a2\.png$/);
  expect((await kept.keep(make("a3", Buffer.from("RIFF....WEBP")))).source).toMatch(/a3\.webp$/);
});

it("deletes a picture that is not needed, and leaves it if it came a second time meanwhile", async () => {
  const folder = tempFolder();
  const kept = createKeptPictures(folder);
  const [one, two] = [await kept.keep(make("a")), await kept.keep(make("a"))];
  const file = join(folder, "..", one.source);
  await one.drop();
  expect(readFileSync(file)).toEqual(JPEG);
  await two.drop();
  expect(existsSync(file)).toBe(false);
});

it("leaves a picture that a face refers to when further faces of it are not stored", async () => {
  const folder = tempFolder();
  const kept = createKeptPictures(folder);
  const [stored, failed] = [await kept.keep(make("a")), await kept.keep(make("a"))];
  const file = join(folder, "..", stored.source);
  stored.needed();
  await failed.drop();
  expect(readFileSync(file)).toEqual(JPEG);
  await (await kept.keep(make("a"))).drop();
  expect(readFileSync(file)).toEqual(JPEG);
  const restarted = createKeptPictures(folder);
  await (await restarted.keep(make("a"))).drop();
  expect(readFileSync(file)).toEqual(JPEG);
});

it("leaves nothing half written when it fails", async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, "front_door/2026-02-18/000000000000000a.jpg"), { recursive: true });
  await expect(createKeptPictures(folder).keep(make("a"))).rejects.toThrow("EISDIR");
  expect(readdirSync(join(folder, "front_door/2026-02-18"))).toEqual(["000000000000000a.jpg"]);
});

it("sweeps what no face refers to, and nothing that is not its own or not stored yet", async () => {
  const folder = join(tempFolder(), "snapshots");
  const day = join(folder, "front_door/2026-02-18");
  const before = createKeptPictures(folder);
  const needed = await before.keep(make("1"));
  await before.keep(make("2"));
  writeFileSync(join(day, "0000000000000003.jpg.part"), "half");
  writeFileSync(join(day, "mine.jpg"), "mine");
  mkdirSync(join(folder, "garden/2026-02-17"), { recursive: true });

  const kept = createKeptPictures(folder);
  const fresh = await kept.keep(make("4"));
  expect(await kept.sweep(async () => new Set(["frames/x.jpg", needed.source]))).toBe(2);
  expect(readdirSync(day).toSorted()).toEqual(["0000000000000001.jpg", "0000000000000004.jpg", "mine.jpg"]);
  expect(readdirSync(folder)).toEqual(["front_door"]);
  fresh.needed();
  expect(await kept.sweep(async () => new Set(["elsewhere/front_door/2026-02-18/0000000000000001.jpg"]))).toBe(1);
  expect(readdirSync(day).toSorted()).toEqual(["0000000000000001.jpg", "mine.jpg"]);
});

it("leaves a picture whose face is stored while it is found out what is needed", async () => {
  const folder = tempFolder();
  const { source } = await createKeptPictures(folder).keep(make("1"));
  const kept = createKeptPictures(folder);
  const deleted = await kept.sweep(async () => {
    (await kept.keep(make("1"))).needed();
    return new Set();
  });
  expect(deleted).toBe(0);
  expect(readFileSync(join(folder, "..", source))).toEqual(JPEG);
  expect(await kept.sweep(async () => new Set())).toBe(1);
});

it("sweeps nothing where there is no folder", async () => {
  const kept = createKeptPictures(join(tempFolder(), "none"));
  expect(await kept.sweep(() => Promise.reject(new Error("not asked")))).toBe(0);
});
