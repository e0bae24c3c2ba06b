import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCommandLine } from "../../src/cli/program.ts";
import { askDaemon } from "../../src/cli/re-encode/ask-daemon.ts";
import { defaultConfig } from "../../src/config/load.ts";
import { systemClock } from "../../src/domain/clock.ts";
import { DLIB } from "../../src/domain/model.ts";
import type { Embedder } from "../../src/domain/pictures/snapshot.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { startServer } from "../helpers/frigate/test-server.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeFaceToSave } from "../make/face.ts";
import { drawPicture, embedDrawn } from "../make/found-face.ts";
import { makeTerminal } from "./make-terminal.ts";

const TOKEN = "a token of 24 characters";
const box = { x: 40, y: 40, width: 60, height: 80 };
const embedder: Embedder = { embed: embedDrawn, workers: 1, runtime: null, stop: async () => undefined };

async function run(environment: Record<string, string>, ...args: string[]) {
  const terminal = makeTerminal(environment);
  const code = await runCommandLine(["re-encode", ...args], terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

/** A data folder with Anna, whose face has a frame, and Bob, whose face has nothing. */
async function makeFolder(): Promise<{ folder: string; frames: string }> {
  const [folder, frames] = [tempFolder(), tempFolder()];
  const store = await openStore({ folder, clock: systemClock });
  for (const name of ["Anna", "Bob"]) {
    const [saved] = await store.saveFaces([makeFaceToSave({ source: `${name}.jpg`, box })]);
    const id = saved?.face.id as number;
    const at = new Date();
    const mean = (await store.encodingOf(id)) as Float32Array;
    const cluster = { id: name, faceIds: [id], mean, model: DLIB };
    await store.saveDiscovery({ id: name, startedAt: at, finishedAt: at, faces: 1, clusters: [cluster] });
    await store.assign({ cluster: name, name, version: null, excludeFaces: [], allowSameFrame: true });
  }
  await store.close();
  writeFileSync(join(frames, "Anna.jpg"), drawPicture({ seed: 1, box }));
  return { folder, frames };
}

it("asks the daemon that runs on the folder, and says who could not be done", async () => {
  const { folder, frames } = await makeFolder();
  const config = { storage: { frames_dir: frames }, http: { token: TOKEN } };
  const app = await startTestApp({ folder, embedder, config });
  const environment = {
    FACES2MQTT_DATA_DIR: folder,
    FACES2MQTT_HTTP_PORT: String(app.httpPort),
    FACES2MQTT_HTTP_TOKEN: TOKEN,
  };
  expect(await run(environment, "--model", "sface", "--dry-run")).toEqual({
    code: 0,
    out: [
      "1 of 2 faces have a frame or a thumbnail, or an encoding of the model sface already",
      "Bob could not be done: of their faces neither frame nor thumbnail is left (faces: 1)\n",
    ].join("\n"),
    err: "",
  });
  expect(await run(environment, "--model", "sface")).toEqual({
    code: 0,
    out: [
      "1 of 2 faces have an encoding of the model sface; 1 person got looks of it",
      "Bob could not be done: of their faces neither frame nor thumbnail is left (faces: 1)\n",
    ].join("\n"),
    err: "",
  });
  expect(await run(environment, "--model", "dlib")).toMatchObject({ code: 2, err: expect.stringContaining("sface") });
  const other = { ...environment, FACES2MQTT_HTTP_TOKEN: "another token, as long as" };
  expect(await run(other, "--model", "sface")).toMatchObject({ code: 1, out: "" });
  await app.stop();
  expect(await run({ ...environment, FACES2MQTT_HTTP_PORT: "1" }, "--model", "sface", "--dry-run")).toMatchObject({
    code: 0,
    out: expect.stringContaining("faces"),
  });
});

it("says that something else answers at the daemon's port", async () => {
  const other = await startServer(() => ({ status: 200, body: "<!doctype html>" }));
  const { http, ...rest } = defaultConfig();
  const config = { ...rest, http: { ...http, port: Number(new URL(other.url).port) } };
  const asking = askDaemon(config, { model: "sface", dry_run: true }, new AbortController().signal, () => undefined);
  await expect(asking).rejects.toThrow(/does not answer as faces2mqtt does: is another program on http\.port\?/);
});

it("opens the folder where no daemon runs; without what pictures need it says what to run", async () => {
  const { folder, frames } = await makeFolder();
  const environment = { FACES2MQTT_DATA_DIR: folder, FACES2MQTT_STORAGE_FRAMES_DIR: frames };
  expect(await run(environment, "--model", "sface", "--dry-run")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^1 of 2 faces have a frame or a thumbnail/),
  });
  expect(await run(environment, "--model", "sface")).toMatchObject({
    code: 2,
    err: expect.stringContaining("run `faces2mqtt models`"),
  });
});

it("refuses a folder without a database, and wants a model", async () => {
  expect(await run({ FACES2MQTT_DATA_DIR: tempFolder() }, "--model", "sface")).toMatchObject({ code: 1 });
  expect(await run({})).toMatchObject({ code: 2, err: expect.stringContaining("--model") });
});
