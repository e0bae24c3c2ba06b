import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Daemon, startDaemon } from "../helpers/daemon.ts";
import { connectClient, type TestClient } from "../helpers/mqtt-client.ts";
import { type RealSface, realSface } from "../helpers/real-sface.ts";
import { type RealFace, realFaces, realLabels, sharedData } from "../helpers/shared-data.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { testModels } from "../helpers/test-models.ts";

const PEOPLE = 10;
/** Faces that each is enrolled from; the others come later, as SFace sees them. */
const ENROLLED = 3;

interface Run {
  state: string;
  faces: number;
  faces_done: number;
  enrolled: number;
  could_not: { person: string; code: string; faces: number }[];
  change_id: number | null;
}

const data = sharedData();
const sface = data === null ? null : realSface(data);
const modelsDir = testModels();

/** Polls until `fits`. */
async function until(daemon: Daemon, fits: (run: Run) => boolean): Promise<Run> {
  for (let tries = 0; tries < 1_200; tries++) {
    const run = await daemon.get<Run>("api/re-encode");
    if (fits(run)) return run;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the run did not get there: ${JSON.stringify(await daemon.get("api/re-encode"))}`);
}

/** Names each person's largest group, without faces of others. */
async function nameAll(daemon: Daemon, personOf: ReadonlyMap<string, string>): Promise<void> {
  await daemon.send("POST", "api/faces/discover", {});
  const { clusters } = await daemon.get<{ clusters: { id: string }[] }>("api/faces/clusters?limit=1000");
  for (const { id } of clusters) {
    const { faces } = await daemon.get<{ faces: { face_id: number; uid: string }[] }>(
      `api/faces/clusters/${id}?limit=1000`,
    );
    const name = personOf.get(faces[0]?.uid ?? "");
    const others = faces.filter(({ uid }) => personOf.get(uid) !== name).map((face) => face.face_id);
    await daemon.send("POST", `api/faces/clusters/${id}/assign`, { name, exclude_faces: others });
  }
}

/** Publishes faces as SFace sees them; answers who each was taken for, by person: null, nobody. */
async function recognize(daemon: Daemon, client: TestClient, faces: readonly RealSface[], round: string) {
  for (const { id, encoding } of faces) {
    const face = { id: `${round}-${id}`, model: "sface", encoding: [...encoding], quality: 12 };
    await client.publish(`faces2mqtt/embedding/${round}`, face);
  }
  const stored = await daemon.get<{ faces: { uid: string; matched: { person: string } | null }[] }>(
    `api/faces?camera=${round}&limit=1000`,
  );
  const byUid = new Map(stored.faces.map((face) => [face.uid, face.matched?.person ?? null]));
  return faces.map(({ id, person }) => ({ person, taken: byUid.get(`${round}-${id}`) }));
}

describe.skipIf(data === null || sface === null || modelsDir === null)("ten people known by dlib's encodings", () => {
  test("are known by SFace's too after a run that was killed, undone and redone; none is taken for another", async () => {
    const frames = join(data as string, "lfw/frames");
    const faces = realFaces(data as string).filter(({ source }) => existsSync(join(frames, source)));
    const labels = new Map(realLabels(data as string).map(({ id, person }) => [id, person]));
    const byPerson = new Map<string, RealFace[]>();
    for (const face of faces) {
      const person = labels.get(face.id) as string;
      byPerson.set(person, [...(byPerson.get(person) ?? []), face]);
    }
    const known = [...byPerson].filter(([, own]) => own.length > ENROLLED + 1).slice(0, PEOPLE);
    const [lost] = [...byPerson].filter(([person]) => !known.some(([one]) => one === person));
    const enrolled = known.flatMap(([, own]) => own.slice(0, ENROLLED));
    const withoutPicture = { ...(lost?.[1][0] as RealFace), source: "gone.jpg" };
    const options = {
      folder: tempFolder(),
      env: {
        STORAGE_FRAMES_DIR: frames,
        SNAPSHOTS_MODELS_DIR: modelsDir as string,
        DISCOVERY_THRESHOLD: "0.5",
      },
    };
    let daemon = await startDaemon(options);
    let client = await connectClient(daemon.mqttUrl);
    for (const face of [...enrolled, withoutPicture]) await client.publish(`faces2mqtt/embedding/${face.camera}`, face);
    await nameAll(daemon, labels);

    await daemon.send("POST", "api/re-encode", { model: "sface" });
    await until(daemon, (run) => run.faces_done >= 5);
    await daemon.kill();
    daemon = await startDaemon(options);
    client = await connectClient(daemon.mqttUrl);
    const { faces_done: resumed } = await daemon.send<Run>("POST", "api/re-encode", { model: "sface" });
    const started = await until(daemon, (run) => run.faces > 0);
    expect(Math.max(resumed, started.faces_done)).toBeGreaterThanOrEqual(5);
    const ended = await until(daemon, (run) => run.state !== "running");
    expect(ended).toMatchObject({
      state: "done",
      enrolled: PEOPLE,
      could_not: [{ person: lost?.[0], code: "no_picture", faces: 1 }],
    });

    const later = (sface ?? []).filter(({ id }) => !enrolled.some((face) => face.id === id)).slice(0, 300);
    const names = new Set(known.map(([person]) => person));
    const seen = await recognize(daemon, client, later, "after");
    expect(seen.filter(({ person, taken }) => taken !== null && taken !== person)).toEqual([]);
    const own = seen.filter(({ person }) => names.has(person));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ taken }) => taken === null).length).toBeLessThanOrEqual(own.length * 0.1);

    const some = later.filter(({ person }) => names.has(person)).slice(0, 5);
    await daemon.send("POST", `api/changes/${ended.change_id}/undo`, {});
    expect((await recognize(daemon, client, some, "undone")).map((one) => one.taken)).toEqual(some.map(() => null));
    await daemon.send("POST", `api/changes/${ended.change_id}/redo`, {});
    const again = await recognize(daemon, client, some, "redone");
    expect(again.map((one) => one.taken)).toEqual(
      seen
        .filter(({ person }) => names.has(person))
        .slice(0, 5)
        .map((one) => one.taken),
    );
  }, 180_000);
});
