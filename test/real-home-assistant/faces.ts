import sharp from "sharp";
import { realFaces, realLabels, sharedData } from "../helpers/shared-data.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";
import { type Stage, until } from "./stage.ts";

/** Somebody in front of a camera, each time a little different. */
export type Visitor = readonly (readonly number[])[];

/** So many people with at least 8 faces each: real ones where they are at hand, else made ones. */
export function visitors(count: number): Visitor[] {
  const folder = sharedData();
  if (!folder) {
    return Array.from({ length: count }, (_, person) => {
      const encoding = makeEncoding(person + 1);
      return Array.from({ length: 12 }, (_, i) => [...makeNear(encoding, 0.3, i + 1)]);
    });
  }
  const faces = realFaces(folder);
  const labels = realLabels(folder);
  const people = new Map<string, { encodings: number[][]; groups: Set<number> }>();
  const groups = new Map<number, Set<string>>();
  labels.forEach(({ person, labels: at }, i) => {
    const one = people.get(person) ?? { encodings: [], groups: new Set<number>() };
    one.encodings.push(faces[i]?.encoding ?? []);
    one.groups.add(at["0.50"]);
    people.set(person, one);
    groups.set(at["0.50"], (groups.get(at["0.50"]) ?? new Set()).add(person));
  });
  // Whose faces the reference puts into one group, with nobody else's in it.
  const clear = [...people.values()].filter(
    (one) =>
      one.encodings.length >= 8 && one.groups.size === 1 && [...one.groups].every((id) => groups.get(id)?.size === 1),
  );
  if (clear.length < count) throw new Error(`only ${clear.length} people with enough faces`);
  return clear.slice(0, count).map(({ encodings }) => encodings);
}

/** A small picture that nobody takes for somebody. */
export async function picture(colour: string): Promise<string> {
  const image = sharp({ create: { width: 96, height: 96, channels: 3, background: colour } });
  return (await image.jpeg().toBuffer()).toString("base64");
}

/** One face at a camera, now. */
export async function show(
  { client }: Stage,
  camera: string,
  encoding: readonly number[],
  more: object = {},
): Promise<void> {
  await client.publishAsync(`faces2mqtt/embedding/${camera}`, JSON.stringify({ encoding, ...more }), { qos: 1 });
}

/**
 * Until Home Assistant hears a camera's events. It subscribes a little after it made the entity, and events are not
 * kept; so it is told one that faces2mqtt never sends, until it has it.
 */
export async function hears({ hass, client }: Stage, camera: string): Promise<void> {
  const probe = JSON.stringify({ event_type: "ambiguous", probe: true });
  await until(async () => {
    await client.publishAsync(`faces2mqtt/camera/${camera}/event`, probe, { qos: 1 });
    return (await hass.state(`event.${camera}_face`))?.attributes.probe === true;
  }, `Home Assistant to hear ${camera}`);
}

/** Many faces at a camera; the daemon has them when it resolves, which is a little later than the broker. */
export async function visit(stage: Stage, camera: string, visitor: Visitor, image?: string): Promise<void> {
  const before = await countFaces(stage);
  for (const encoding of visitor) await show(stage, camera, encoding, image ? { thumbnail: image } : {});
  await until(async () => (await countFaces(stage)) === before + visitor.length, "the faces");
}

/** Names the largest group after a visit of somebody; answers the person's id. */
export async function enrol(
  stage: Stage,
  name: string,
  camera: string,
  visitor: Visitor,
  image?: string,
): Promise<string> {
  await visit(stage, camera, visitor.slice(0, 6), image);
  await stage.ask("POST", "api/faces/discover", {});
  const { clusters } = await stage.ask<{ clusters: { id: string; size: number }[] }>("GET", "api/faces/clusters");
  const largest = clusters[0];
  if (!largest) throw new Error("no group was found");
  const answer = await stage.ask<{ person_id: string }>("POST", `api/faces/clusters/${largest.id}/assign`, { name });
  return answer.person_id;
}

async function countFaces(stage: Stage): Promise<number> {
  const { faces } = await stage.ask<{ faces: unknown[] }>("GET", "api/faces?limit=1000");
  return faces.length;
}
