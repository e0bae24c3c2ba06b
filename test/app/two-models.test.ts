import { expect, it } from "vitest";
import type {
  ClustersAnswer,
  FacesAnswer,
  PeopleAnswer,
  RecognitionEventJson,
  VisitsAnswer,
} from "../../src/wire/out/schemas.ts";
import type { StrangersAnswer } from "../../src/wire/out/strangers.ts";
import { connectClient, type TestClient } from "../helpers/mqtt-client.ts";
import { realSface } from "../helpers/real-sface.ts";
import { realFaces, realLabels, sharedData } from "../helpers/shared-data.ts";
import { startTestApp } from "../helpers/start-test-app.ts";

interface TwoSided {
  readonly id: string;
  readonly person: string;
  readonly dlib: readonly number[];
  readonly sface: readonly number[];
}

/** Faces that both models saw, of the people with most of them. */
function readBoth(folder: string, people: number): TwoSided[][] {
  const sface = new Map(realSface(folder)?.map(({ id, encoding }) => [id, [...encoding]]));
  const labels = new Map(realLabels(folder).map(({ id, person }) => [id, person]));
  const by = new Map<string, TwoSided[]>();
  for (const { id, encoding: dlib } of realFaces(folder)) {
    const [other, person] = [sface.get(id), labels.get(id)];
    if (other && person) by.set(person, [...(by.get(person) ?? []), { id, person, dlib, sface: other }]);
  }
  return [...by.values()].sort((a, b) => b.length - a.length).slice(0, people);
}

const folder = sharedData();
const both = folder === null ? [] : readBoth(folder, 8);
const MODELS = ["dlib", "sface"] as const;

async function send(client: TestClient, camera: string, faces: readonly TwoSided[], model: "dlib" | "sface") {
  for (const { id, [model]: encoding } of faces) {
    // Unit vectors, as other programs publish them, are scaled on arrival.
    const sent = model === "dlib" ? encoding : encoding.map((value) => value * 3);
    await client.publish(`faces2mqtt/embedding/${camera}`, { id: `${id} ${model} ${camera}`, model, encoding: sent });
  }
}

/** Who each face is, whatever stands in front of its model in its id. */
const personOf = (uid: string): string =>
  both.flat().find((face) => uid.startsWith(`${face.id} `))?.person ?? "nobody we know";

it.skipIf(both.length === 0)(
  "two models side by side: groups, names and events of each, and never a false match",
  {
    timeout: 120_000,
  },
  async () => {
    const recognition = { cooldown_seconds: 0, visit_seconds: 1 };
    const daemon = await startTestApp({ config: { recognition, ingest: { model: "dlib" } } });
    const client = await connectClient(daemon.mqttUrl);
    await client.subscribe("faces2mqtt/event");
    const people = both.slice(0, 5);
    for (const faces of people) {
      const half = faces.filter((_, i) => i % 2 === 0);
      for (const model of MODELS) await send(client, "door", half, model);
    }

    const { clusters } = await daemon.send<ClustersAnswer>("POST", "api/faces/discover", {});
    for (const { id, model } of clusters) {
      const { faces } = await daemon.get<FacesAnswer>(`api/faces/clusters/${id}?limit=1000`);
      expect(new Set(faces.map((face) => face.model))).toEqual(new Set([model]));
    }
    const largest = new Map<string, ClustersAnswer["clusters"][number]>();
    for (const cluster of clusters) {
      const { faces } = await daemon.get<FacesAnswer>(`api/faces/clusters/${cluster.id}?limit=1000`);
      const key = `${personOf(faces[0]?.uid ?? "")} ${cluster.model}`;
      if (!largest.has(key)) largest.set(key, cluster);
    }
    expect(largest.size).toBe(10);
    for (const [key, { id }] of largest) {
      await daemon.send("POST", `api/faces/clusters/${id}/assign`, { name: key.replace(/ (dlib|sface)$/, "") });
    }
    const known = await daemon.get<PeopleAnswer>("api/faces/registry");
    expect(known.people.map((person) => [person.encodings, person.models])).toEqual(
      Array(5).fill([2, ["dlib", "sface"]]),
    );

    client.seen.length = 0;
    const later = both.map((faces) => faces.filter((_, i) => i % 2 === 1).slice(0, 6));
    for (const faces of later) for (const model of MODELS) await send(client, "garden", faces, model);
    const events = () =>
      client.seen
        .filter(({ topic }) => topic === "faces2mqtt/event")
        .map(({ text }) => JSON.parse(text) as RecognitionEventJson);
    await expect.poll(events, { timeout: 20_000 }).toHaveLength(later.flat().length * 2);
    const { faces: seen } = await daemon.get<FacesAnswer>("api/faces?camera=garden&limit=1000");
    const uids = new Map(seen.map((face) => [face.face_id, face.uid]));
    const ofSface = events().filter((event) => event.model === "sface");
    expect(ofSface).toHaveLength(later.flat().length);
    for (const event of ofSface) {
      const who = personOf(uids.get(event.face_id) ?? "");
      expect([null, who]).toContain(event.person);
    }
    const theirs = later.slice(0, 5).flat().length;
    expect(ofSface.filter((event) => event.person !== null).length).toBeGreaterThanOrEqual(theirs * 0.85);

    const { visits } = await daemon.get<VisitsAnswer>("api/visits?limit=1000");
    expect(new Set(visits.map((visit) => visit.model))).toEqual(new Set(MODELS));
    const [one] = seen.filter((face) => face.model === "sface");
    const { faces: similar } = await daemon.get<FacesAnswer>(`api/faces/${one?.face_id}/similar?limit=1000`);
    expect(similar.length).toBeGreaterThan(0);
    expect(new Set(similar.map((face) => face.model))).toEqual(new Set(["sface"]));
    const { strangers } = await daemon.get<StrangersAnswer>("api/strangers");
    expect(strangers.every((stranger) => stranger.model === "dlib" || stranger.model === "sface")).toBe(true);

    const probe = both[0]?.[1];
    const match = (body: object) =>
      daemon.send<{ person: string | null; model: string; candidates: object[] }>("POST", "api/faces/match", body);
    expect(await match({ encoding: probe?.sface, model: "sface" })).toMatchObject({
      person: probe?.person,
      model: "sface",
    });
    expect(await match({ encoding: probe?.sface.map((value) => value * 7), model: "sface" })).toMatchObject({
      person: probe?.person,
    });
    expect(await match({ encoding: probe?.dlib })).toMatchObject({ person: probe?.person, model: "dlib" });
    expect(await match({ encoding: probe?.sface })).toMatchObject({ person: null, model: "dlib" });
    await expect(match({ encoding: probe?.sface, model: "arcface" })).rejects.toThrow(/one of dlib, sface/);
  },
);
