import { expect, it, vi } from "vitest";
import type {
  ClustersAnswer,
  PeopleAnswer,
  PersonAnswer,
  PurgeAnswer,
  VisitJson,
  VisitsAnswer,
} from "../../src/wire/out/schemas.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

const ANNA = makeEncoding(1_000);
/** Near enough to be taken for Anna. */
const BROTHER = makeNear(ANNA, 0.5, 1);
const SISTER = makeNear(ANNA, 0.5, 2);

/** A daemon that knows Anna; each `pass` is one visit of three faces. */
async function startSystem() {
  const daemon = await startTestApp({ config: { recognition: { cooldown_seconds: 0 } } });
  const client = await connectClient(daemon.mqttUrl);
  await client.subscribe("faces2mqtt/person/+/state", "faces2mqtt/camera/+/state");
  let passes = 0;
  async function pass(camera: string, who: Float32Array): Promise<VisitJson> {
    passes++;
    for (let i = 0; i < 3; i++) {
      const encoding = [...makeNear(who, 0.05, passes * 10 + i)];
      const face = { id: `face-${passes}-${i}`, event_id: `event-${passes}`, encoding };
      await client.publish(`faces2mqtt/embedding/${camera}`, face);
    }
    const visit = (await daemon.get<VisitsAnswer>(`api/visits?camera=${camera}`)).visits[0];
    if (!visit) throw new Error(`no visit at ${camera}`);
    return visit;
  }
  const discover = async () => (await daemon.send<ClustersAnswer>("POST", "api/faces/discover", {})).clusters;
  /** Waits until the topic's last message is like this. */
  async function stateIs(topic: string, state: object): Promise<void> {
    const last = () => client.seen.findLast((message) => message.topic === `faces2mqtt/${topic}/state`)?.text ?? "{}";
    await vi.waitFor(() => expect(JSON.parse(last())).toMatchObject(state), { timeout: 10_000, interval: 20 });
  }
  await pass("door", ANNA);
  const [cluster] = await discover();
  await client.request("assign", { cluster: cluster?.id, name: "Anna" });
  return { daemon, client, pass, discover, stateIs };
}

it("a visit that was taken for another is put right, and what was said stays", { timeout: 60_000 }, async () => {
  const { daemon, client, pass, stateIs } = await startSystem();
  const wrong = await pass("gate", BROTHER);
  expect(wrong).toMatchObject({ camera: "gate", faces: 3, person: "Anna", person_id: "anna" });
  await stateIs("person/anna", { presence: "ON", camera: "gate" });
  await stateIs("camera/gate", { person: "Anna" });

  const corrected = await daemon.send<VisitJson>("POST", `api/visits/${wrong.visit_id}/correct`, { not: "Anna" });
  expect(corrected).toMatchObject({ visit_id: wrong.visit_id, state: "corrected", person: null, distance: null });
  await stateIs("person/anna", { presence: "OFF", camera: "door", score: null });
  await stateIs("camera/gate", { person: null });
  expect((await pass("yard", BROTHER)).person).toBeNull();
  expect(await daemon.send<PurgeAnswer>("POST", "api/purge", { dry_run: true })).toMatchObject({ counter_examples: 1 });

  const named = await client.request<VisitJson>("correct", { visit: wrong.visit_id, person: "Ben" });
  expect(named.data).toMatchObject({ state: "corrected", person: "Ben", person_id: "ben" });
  expect((await pass("attic", BROTHER)).person).toBe("Ben");
  await stateIs("person/ben", { presence: "ON", camera: "attic" });
  const ben = await daemon.get<PersonAnswer>("api/faces/registry/Ben");
  expect(ben.person).toMatchObject({ faces: 3, recognized: 3, encodings: 1, last_camera: "attic", portrait: null });
  expect(ben.faces.map((face) => face.state)).toEqual([...Array(3).fill("unassigned"), ...Array(3).fill("assigned")]);

  // The faces of his history that were recognized can be taken out of it, one by one.
  await daemon.send("POST", `api/faces/${ben.faces[0]?.face_id}/unassign`, {});
  expect((await daemon.get<PersonAnswer>("api/faces/registry/Ben")).faces).toHaveLength(5);
  expect(await daemon.send("POST", "api/undo", {})).toMatchObject({ action: "unassign" });
  expect((await daemon.get<PersonAnswer>("api/faces/registry/Ben")).faces).toHaveLength(6);

  const attic = (await daemon.get<VisitsAnswer>("api/visits?person=Ben&camera=attic")).visits;
  const refused = await client.request("correct", { visit: attic[0]?.visit_id, person: "Ben", ignore: true });
  expect(refused.code).toBe("INVALID_INPUT");
  const ignored = await client.request<VisitJson>("correct", { visit: attic[0]?.visit_id, ignore: true });
  expect(ignored.data).toMatchObject({ state: "ignored", person: null });
  expect((await daemon.get<ClustersAnswer>("api/faces/clusters?state=ignored")).clusters).toMatchObject([{ size: 3 }]);
  expect((await client.request("correct", { visit: "v_none", ignore: true })).code).toBe("VISIT_NOT_FOUND");

  for (const sentence of ["a visit at attic was ignored", "a visit at gate was corrected: it was Ben"]) {
    expect(await daemon.send("POST", "api/undo", {})).toMatchObject({
      undone: `taken back: ${sentence}`,
      action: "correct",
    });
  }
  const { people } = await daemon.get<PeopleAnswer>("api/faces/registry");
  expect(people.map((person) => person.name)).toEqual(["Anna"]);
  expect((await daemon.get<VisitJson>(`api/visits/${wrong.visit_id}`)).state).toBe("corrected");
});

it("a group that is not Anna is not suggested for her by any later discovery", { timeout: 60_000 }, async () => {
  const { daemon, client, pass, discover } = await startSystem();
  await pass("gate", SISTER);
  const [cluster] = await discover();
  expect(cluster?.suggestion).toMatchObject({ person: "Anna" });
  const rejected = await client.request("reject", { cluster: cluster?.id, person: "anna" });
  expect(rejected.data).toMatchObject({ cluster: cluster?.id, person: "Anna", person_id: "anna", faces: 3 });
  await pass("yard", SISTER);
  const again = await discover();
  expect(again.map((one) => [one.size, one.suggestion])).toEqual([[6, null]]);
  expect(await daemon.send<PurgeAnswer>("POST", "api/purge", {})).toMatchObject({ faces: 0, counter_examples: 1 });
  await daemon.send("DELETE", "api/faces/registry/Anna");
  expect(await daemon.send<PurgeAnswer>("POST", "api/purge", {})).toMatchObject({ counter_examples: 0 });
});
