import { expect, it } from "vitest";
import { systemClock } from "../../../src/domain/clock.ts";
import { createBus } from "../../../src/domain/events.ts";
import { createReadVisit } from "../../../src/operations/reads/visit-detail.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { makeFaceToSave } from "../../make/face.ts";
import { makePeople } from "../../make/people.ts";
import { makeScene } from "../../make/scene.ts";
import { makeSettings } from "../../make/settings.ts";

it("a visit answers its faces, and whom they are like together; what is compared decides the threshold", async () => {
  const store = await openStore({ folder: tempFolder(), clock: systemClock });
  const people = makePeople(
    store,
    createBus(() => undefined),
  );
  await makeScene({ store, people });
  const anna = makeEncoding(1_000);
  const faces = [1, 2, 3].map((seed) =>
    makeFaceToSave({ uid: `visit ${seed}`, visitId: "v_9", encoding: makeNear(anna, 0.2, seed) }),
  );
  const { capturedAt: at, encoding: mean, camera, model } = faces[0] as (typeof faces)[number];
  const visit = {
    visitId: "v_9",
    camera,
    model,
    eventId: null,
    from: at,
    to: at,
    faces: 3,
    mean,
    variance: null,
    bestFace: "visit 1",
  };
  const outcome = { state: "unknown", personId: null, distance: null, strangerId: null, rematch: false } as const;
  await store.saveFaces(faces, [{ ...visit, ...outcome }]);

  let settings = makeSettings({ "recognition.profile": "careful" });
  const read = createReadVisit({ store, people, settings: () => settings });
  const detail = await read("v_9");
  expect(detail?.faces.map((face) => face.uid).sort()).toEqual(["visit 1", "visit 2", "visit 3"]);
  expect(detail?.candidates[0]).toMatchObject({ person: "Anna" });
  expect(detail?.candidates[0]?.distance).toBeLessThan(0.2);
  expect(detail?.threshold).toBeLessThan(0.6);
  expect(await read("v_0")).toBeNull();

  settings = makeSettings();
  const classic = await read("v_9");
  expect(classic?.threshold).toBe(0.6);
  expect(classic?.candidates[0]).toMatchObject({ person: "Anna", distance: 0.2 });
  await store.close();
});
