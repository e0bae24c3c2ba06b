import type { Bus } from "../domain/events.ts";
import type { Box } from "../domain/face.ts";
import type { Candidate, RecognitionEvent, RecognitionType } from "../domain/recognition.ts";
import type { MqttLink } from "../mqtt/link/port.ts";

export interface DoubleTakeDeps {
  readonly link: Pick<MqttLink, "publish">;
  readonly bus: Bus;
}

/**
 * Publishes recognitions in the shape of Double Take, so that automations made for it go on working. None is retained, and
 * delayed faces are left out: those automations do not know of them. Returns how to stop.
 */
export function publishDoubleTake({ link, bus }: DoubleTakeDeps): () => void {
  return bus.on("recognition", ({ event }) => {
    if (event.delayed) return;
    for (const { topic, body } of toDoubleTake(event)) link.publish({ topic, payload: JSON.stringify(body) });
  });
}

/** One event as Double Take publishes it: the match (or the stranger), and what its camera saw. */
export function toDoubleTake(event: RecognitionEvent): { readonly topic: string; readonly body: object }[] {
  const base = {
    id: event.sourceEventId ?? event.eventId,
    duration: 0,
    timestamp: event.timestamp.toISOString(),
    attempts: 1,
    camera: event.camera,
    zones: [],
  };
  const nearest = event.who ?? event.candidates[0] ?? null;
  const seen = toMatch(event, nearest);
  const only = (type: RecognitionType) => (event.type === type ? [seen] : []);
  const [matches, misses, unknowns] = [only("recognized"), only("ambiguous"), only("unknown")];
  const counts = { person: 1, match: matches.length, miss: misses.length, unknown: unknowns.length };
  const match = event.who && { topic: toLevel(event.who.personId), body: { ...base, match: seen } };
  const stranger = event.type === "unknown" && { topic: "unknown", body: { ...base, unknown: seen, unknowns } };
  return [
    ...[match, stranger].flatMap((one) => (one ? [{ ...one, topic: `double-take/matches/${one.topic}` }] : [])),
    {
      topic: `double-take/cameras/${toCameraLevel(event)}`,
      body: { ...base, matches, misses, unknowns, personCount: 1, counts },
    },
  ];
}

function toMatch(event: RecognitionEvent, nearest: Candidate | null) {
  return {
    name: event.type === "unknown" || !nearest ? "unknown" : nearest.person.toLowerCase(),
    // 0 to 100 of our own score: 40 is where a distance of 0.6 lies.
    confidence: nearest ? Math.round(Math.max(0, nearest.score) * 10_000) / 100 : 0,
    match: event.type === "recognized",
    box: toDoubleTakeBox(event.box),
    type: "mqtt",
    duration: 0,
    detector: "faces2mqtt",
    filename: `${event.faceId}.jpg`,
    base64: null,
  };
}

const toDoubleTakeBox = (box: Box | null) => box && { top: box.y, left: box.x, width: box.width, height: box.height };

/**
 * `john_smith` → `john-smith`. Ids, not names: two people must never share a topic that a lock depends on. A person
 * called Unknown does not share the topic of strangers.
 */
const toLevel = (id: string): string => (id === "unknown" ? "unknown-" : id.replaceAll("_", "-"));

/** The camera's name if it can be a level of a topic. */
const toCameraLevel = ({ camera, cameraId }: RecognitionEvent): string =>
  /^[A-Za-z0-9_-]+$/.test(camera) ? camera : toLevel(cameraId);
