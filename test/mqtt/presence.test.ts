import { expect, it } from "vitest";
import type { Face } from "../../src/domain/face.ts";
import type { RecognitionEvent } from "../../src/domain/recognition.ts";
import { createPresence } from "../../src/mqtt/presence.ts";
import { makeClock } from "../make/clock.ts";
import { makeRecognition } from "../make/recognition.ts";

const ANNA = { person: "Anna", personId: "anna", distance: 0.3, score: 0.7 };

function open() {
  const clock = makeClock();
  const ended: string[] = [];
  const presence = createPresence({
    ms: 60_000,
    clock,
    onPersonEnd: (personId) => ended.push(personId),
    onCameraEnd: () => ended.push("a camera"),
  });
  let faceId = 0;
  /** Answers the id of the face that was seen. */
  function see(overrides: Partial<RecognitionEvent> = {}): number {
    faceId++;
    presence.see(makeRecognition({ faceId, who: ANNA, cameraId: "door", ...overrides }));
    return faceId;
  }
  return { presence, clock, ended, see };
}

const matched = (id: number, personId: string | null): Face =>
  ({ id, personId: null, matched: personId === null ? null : { person: "?", personId, distance: 0.3 } }) as Face;
const assigned = (id: number, personId: string): Face => ({ ...matched(id, "anna"), personId });

it("a person is present until the time has passed since they were last seen, wherever", () => {
  const { presence, clock, ended, see } = open();
  see();
  clock.advance(40_000);
  see({ cameraId: "gate" });
  clock.advance(20_000);
  expect([presence.isPresent("anna"), presence.at("door"), presence.at("gate")]).toEqual([true, null, ANNA]);
  clock.advance(40_000);
  expect([presence.isPresent("anna"), presence.at("gate")]).toEqual([false, null]);
  expect(ended).toEqual(["anna", "a camera", "anna", "a camera"]);
});

it("delayed sightings make no person present, and an ambiguous one changes nothing", () => {
  const { presence, see } = open();
  see({ delayed: true });
  expect([presence.isPresent("anna"), presence.at("door")]).toEqual([false, null]);
  see();
  see({ type: "ambiguous", who: null });
  expect(presence.at("door")).toEqual(ANNA);
  see({ type: "unknown", who: null });
  expect([presence.isPresent("anna"), presence.at("door")]).toEqual([true, null]);
});

it.each([
  ["was denied", (id: number) => [matched(id, null)]],
  ["is another person's", (id: number) => [assigned(id, "bob")]],
  ["is gone", () => []],
])("a sighting whose face %s is withdrawn", (_what, faces) => {
  const { presence, see } = open();
  const id = see();
  expect(presence.faceIds()).toEqual([id, id]);
  presence.withdraw(faces(id));
  expect([presence.isPresent("anna"), presence.at("door")]).toEqual([false, null]);
});

it("a person who was seen elsewhere too stays present", () => {
  const { presence, see } = open();
  const right = see({ visitId: "v_1", cameraId: "gate" });
  const wrong = see({ visitId: "v_2" });
  presence.withdraw([assigned(right, "anna"), matched(wrong, null)]);
  expect([presence.isPresent("anna"), presence.at("door"), presence.at("gate")]).toEqual([true, null, ANNA]);
});
