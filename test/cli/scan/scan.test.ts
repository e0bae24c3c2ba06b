import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../src/cli/program.ts";
import { type ScanOptions, scan } from "../../../src/cli/scan/scan.ts";
import { type EmbedPicture, PictureError, toSnapshotId } from "../../../src/domain/pictures/snapshot.ts";
import { startTestApp } from "../../helpers/start-test-app.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeSface } from "../../make/encoding.ts";
import { makePictureFaces } from "../../make/found-face.ts";
import { makeTerminal } from "../make-terminal.ts";
import { startBroker } from "../start-broker.ts";

/** Writes files whose content is their own name, unless another is given, with the hour they were written at. */
function writePictures(files: Readonly<Record<string, { hour?: number; content?: string | Buffer }>>): string {
  const folder = tempFolder();
  for (const [name, { hour = 10, content = name }] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    const at = new Date(`2026-02-18T${String(hour).padStart(2, "0")}:00:00Z`);
    utimesSync(path, at, at);
  }
  return folder;
}

const THUMBNAIL = await sharp({ create: { width: 40, height: 40, channels: 3, background: "#aaa" } })
  .jpeg()
  .toBuffer();

/** Finds one face in each picture, of the person whose number ends it; `two`: a good one and one too small. */
const embedByName: EmbedPicture = async (picture, gates) => {
  const text = Buffer.from(picture).toString();
  if (text.includes("bad")) throw new PictureError("it is no JPEG, PNG or WebP");
  expect(gates).toEqual({ minScore: 0.8, minFacePx: 28, minNorm: 9 });
  const encoding = makeSface(text.length);
  return text.includes("two")
    ? makePictureFaces({ failed: "size", encoding: null, norm: null }, { encoding, thumbnail: THUMBNAIL })
    : makePictureFaces({ encoding, thumbnail: THUMBNAIL });
};

function runScan(folder: string, options: ScanOptions, embed: EmbedPicture = embedByName, workers = 2) {
  const terminal = makeTerminal();
  const done = scan(folder, options, terminal, async () => ({ embed, workers, stop: async () => {} }));
  return { terminal, done };
}

describe("scan", () => {
  it("publishes the faces of all pictures as history, oldest first, and says what became of them", async () => {
    const broker = await startBroker();
    const folder = writePictures({
      "b/late.jpg": { hour: 12 },
      "early.JPEG": { hour: 8 },
      "b/c/two.webp": { hour: 10 },
      "bad.png": {},
      ".hidden.jpg": {},
      "notes.txt": {},
    });
    symlinkSync(join(folder, "early.JPEG"), join(folder, "link.jpg"));
    const { terminal, done } = runScan(folder, { camera: "door", url: broker.url }, embedByName, 1);
    expect(await done).toBe(1);
    const messages = broker.published.map(({ topic, payload }) => ({ topic, ...JSON.parse(payload) }));
    expect(messages.map(({ topic, timestamp }) => [topic, timestamp])).toEqual([
      ["faces2mqtt/embedding/door", "2026-02-18T08:00:00.000Z"],
      ["faces2mqtt/embedding/door", "2026-02-18T10:00:00.000Z"],
      ["faces2mqtt/embedding/door", "2026-02-18T12:00:00.000Z"],
    ]);
    const id = toSnapshotId("door", Buffer.from("b/c/two.webp"));
    expect(messages[1]).toMatchObject({ id, camera: "door", history: true, model: "sface" });
    expect(messages[1].faces).toEqual([expect.objectContaining({ id: `${id}-1`, quality: 12, detection_score: 0.92 })]);
    expect(messages[1]).not.toHaveProperty("source");
    expect(terminal.err()).toBe(`${join(folder, "bad.png")}: it is no JPEG, PNG or WebP\n`);
    expect(terminal.out()).toMatch(
      /^4 pictures, 3 faces published and acknowledged, 1 not taken \(size 1\), 1 pictures could not be read, \d+\.\d s\n$/,
    );
  });

  it("takes the time that a picture says before that of its file, and its path where the daemon may read it", async () => {
    const broker = await startBroker();
    const exif = (offset: string | null) =>
      sharp({ create: { width: 40, height: 40, channels: 3, background: "#aaa" } })
        .jpeg()
        .withExif({
          IFD2: { DateTimeOriginal: "2024:06:01 09:30:00", ...(offset === null ? {} : { OffsetTimeOriginal: offset }) },
        })
        .toBuffer();
    const folder = writePictures({
      "a.jpg": { content: await exif("+02:00") },
      "b.jpg": { content: await exif(null) },
      "c.jpg": { hour: 23 },
    });
    const config = join(tempFolder(), "config.yaml");
    writeFileSync(config, `storage: { frames_dir: ${JSON.stringify(folder)} }\nmqtt: { base_topic: home }\n`);
    expect(await runScan(folder, { camera: "a/b", url: broker.url, config }).done).toBe(0);
    const messages = broker.published.map(({ topic, payload }) => ({ topic, ...JSON.parse(payload) }));
    const timeOf = (file: string) => messages.find(({ source }) => source === join(folder, file))?.timestamp;
    expect(timeOf("a.jpg")).toBe("2024-06-01T07:30:00.000Z");
    expect(timeOf("b.jpg")).toBe(new Date(2024, 5, 1, 9, 30).toISOString());
    expect(timeOf("c.jpg")).toBe("2026-02-18T23:00:00.000Z");
    expect(new Set(messages.map(({ topic, camera }) => `${topic} ${camera}`))).toEqual(
      new Set(["home/embedding/scan a/b"]),
    );
  });

  it("names the cameras after the folders, and asks whose a picture without one is", async () => {
    const broker = await startBroker();
    const folder = writePictures({ "door/a.jpg": {}, "yard/2026/b.jpg": {} });
    expect(await runScan(folder, { url: broker.url }).done).toBe(0);
    expect(broker.published.map(({ topic }) => topic).sort()).toEqual([
      "faces2mqtt/embedding/door",
      "faces2mqtt/embedding/yard",
    ]);
    writeFileSync(join(folder, "c.jpg"), "c");
    await expect(runScan(folder, { url: broker.url }).done).rejects.toThrow(
      /c\.jpg: whose picture is it\? Say --camera/,
    );
    expect(broker.published).toHaveLength(2);
  });

  it.each(["", "x".repeat(65), "a\nb"])("refuses a camera that the daemon would reject: %j", async (camera) => {
    const broker = await startBroker();
    const { done } = runScan(writePictures({ "a.jpg": {} }), { camera, url: broker.url });
    await expect(done).rejects.toThrow("cannot be a camera: 1 to 64 characters");
    expect(broker.published).toEqual([]);
  });

  it("ends with the first failure that is not a picture's", async () => {
    const broker = await startBroker();
    const folder = writePictures({ "a.jpg": {}, "b.jpg": {} });
    const { done } = runScan(folder, { camera: "door", url: broker.url }, async () => {
      throw new Error("no thread starts");
    });
    await expect(done).rejects.toThrow(/[ab]\.jpg: no thread starts/);
  });

  it("stops when it is asked to", async () => {
    const broker = await startBroker();
    const folder = writePictures({ "a.jpg": { hour: 1 }, "b.jpg": { hour: 2 }, "c.jpg": { hour: 3 } });
    const { terminal, done } = runScan(
      folder,
      { camera: "door", url: broker.url },
      async (picture, gates) => {
        if (Buffer.from(picture).toString() !== "b.jpg") return embedByName(picture, gates);
        terminal.askToStop();
        return await new Promise(() => undefined);
      },
      1,
    );
    expect(await done).toBe(0);
    expect(broker.published).toHaveLength(1);
    expect(terminal.out()).toMatch(/^stopped: 1 of 3 pictures, 1 faces published/);
  });

  it("in the daemon: stored once however often, without an event, and not purged for their age", async () => {
    const app = await startTestApp({ config: { storage: { retention_days: 1 } } });
    const folder = writePictures({ "a.jpg": {}, "b_.jpg": {}, "two__.jpg": {} });
    for (let run = 0; run < 2; run++) {
      expect(await runScan(folder, { camera: "door", url: app.mqttUrl }).done).toBe(0);
    }
    await expect.poll(async () => (await app.get<{ faces: unknown[] }>("api/faces")).faces).toHaveLength(3);
    const purged = await app.send<{ faces: number }>("POST", "api/purge", { dry_run: true });
    expect(purged.faces).toBe(0);
    const { faces } = await app.get<{ faces: { model: string; timestamp: string; thumbnail: string | null }[] }>(
      "api/faces",
    );
    expect(new Set(faces.map(({ model }) => model))).toEqual(new Set(["sface"]));
    expect(faces[0]?.timestamp).toBe("2026-02-18T10:00:00.000Z");
    expect(app.output()).not.toContain('"event_type"');
    expect((await app.get<{ problems: unknown[] }>("api/status")).problems).toEqual([]);
  });

  it("says what to run where the weights are missing, and that a folder is none", async () => {
    const folder = writePictures({ "a.jpg": {} });
    const terminal = makeTerminal({ FACES2MQTT_DATA_DIR: tempFolder() });
    expect(await runCommandLine(["scan", folder, "--camera", "door"], terminal)).toBe(2);
    expect(terminal.err()).toContain("faces2mqtt models");
    const other = makeTerminal();
    expect(await runCommandLine(["scan", join(folder, "a.jpg"), "--camera", "door"], other)).toBe(1);
    expect(other.err()).toContain("a.jpg is no folder");
  });
});
