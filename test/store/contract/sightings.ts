import { describe, expect, test } from "vitest";
import { assignment, makeScene, type OpenStore } from "../scene.ts";

const at = (second: number) => new Date(Date.UTC(2026, 1, 18, 12, 0, second));
const anna = (distance: number) => ({ person: "Anna", personId: "anna", distance, score: 1 - distance });

export function describeSightings(open: OpenStore): void {
  describe("sightings", () => {
    test("of a person who was never recognized are those of the newest assigned face", async () => {
      const { store, enrol } = await makeScene(open);
      const { ids } = await enrol("Anna", { capturedAt: at(1), camera: "gate" }, { capturedAt: at(0) });
      expect(await store.personStates()).toEqual([
        {
          personId: "anna",
          name: "Anna",
          camera: "gate",
          score: null,
          distance: null,
          lastSeen: at(1),
          faceId: ids[0],
        },
      ]);
    });

    test("follow recognition, and never go back", async () => {
      const { store, add, enrol } = await makeScene(open);
      await enrol("Anna", { capturedAt: at(0) });
      const [seen] = await add({ capturedAt: at(10), camera: "gate", matched: anna(0.31884) });
      await add({ capturedAt: at(5), camera: "garden", matched: anna(0.1) });
      expect(await store.personStates()).toEqual([
        {
          personId: "anna",
          name: "Anna",
          camera: "gate",
          score: 0.6812,
          distance: 0.3188,
          lastSeen: at(10),
          faceId: seen,
        },
      ]);
      expect(await store.face(seen as number)).toMatchObject({
        state: "unassigned",
        person: null,
        matched: { person: "Anna", personId: "anna", distance: 0.31884 },
      });
      expect(await store.cameraStates()).toEqual([
        { camera: "front_door", cameraId: "front_door", lastSeen: at(0), faceId: expect.any(Number) },
        { camera: "gate", cameraId: "gate", lastSeen: at(10), faceId: seen },
        { camera: "garden", cameraId: "garden", lastSeen: at(5), faceId: expect.any(Number) },
      ]);
    });

    test("are when and where a person was last seen, whichever is newer: recognized, or named on a face", async () => {
      const { store, add, enrol } = await makeScene(open);
      const { personId } = await enrol("Anna", { capturedAt: at(3), camera: "gate" });
      const seen = async () => {
        const person = await store.person(personId);
        return [person?.firstSeen, person?.lastSeen, person?.lastCamera];
      };
      await add({ capturedAt: at(1), camera: "garden", matched: anna(0.3) });
      expect(await seen()).toEqual([at(1), at(3), "gate"]);
      await add({ capturedAt: at(10), camera: "garden", matched: anna(0.3) });
      expect(await seen()).toEqual([at(1), at(10), "garden"]);
      const [newer] = await add({ capturedAt: at(20), camera: "attic" });
      await store.claim(personId, [newer as number]);
      expect(await seen()).toEqual([at(1), at(20), "attic"]);
    });

    test("of a person who was removed meanwhile are dropped", async () => {
      const { store, add } = await makeScene(open);
      const [id] = await add({ matched: anna(0.2) });
      expect((await store.face(id as number))?.matched).toBeNull();
    });

    test("give each camera one id of its own, made once", async () => {
      const scene = await makeScene(open);
      await scene.add({ camera: "Front Door" }, { camera: "front-door" }, { camera: "前門" }, { camera: "Front Door" });
      await scene.reopen();
      await scene.add({ camera: "front-door" });
      const states = await scene.store.cameraStates();
      expect(states.map((one) => [one.camera, one.cameraId])).toEqual([
        ["Front Door", "front_door"],
        ["front-door", "front_door_2"],
        ["前門", "camera_3"],
      ]);
    });

    test("show no face that turned out to be another person", async () => {
      const { store, add, discover, enrol } = await makeScene(open);
      await enrol("Anna", { capturedAt: at(0) });
      const [wrong] = await add({ capturedAt: at(10), matched: anna(0.5) });
      await discover({ c1: [wrong as number] });
      await store.assign(assignment("c1", "Bob"));
      const [state] = await store.personStates();
      expect(state).toMatchObject({ name: "Anna", lastSeen: at(0), score: null });
      await store.undo();
      expect((await store.personStates())[0]).toMatchObject({ lastSeen: at(10), faceId: wrong, distance: 0.5 });
    });
  });
}
