import { expect, it } from "vitest";
import { makeFaceToSave } from "../../make/face.ts";
import { openSqlite } from "../open-sqlite.ts";
import { makeScene } from "../scene.ts";

const ENROLLED = new Date("2026-02-18T10:00:00Z");
const AT = ["10:00:01", "10:00:03", "10:00:03", "10:00:02"].map((time) => new Date(`2026-03-01T${time}Z`));

it("faces stored together leave the same last sightings as one after the other", async () => {
  const seen = async (batches: number) => {
    const { store, enrol } = await makeScene(openSqlite);
    await enrol("Anna", { capturedAt: ENROLLED });
    await enrol("Bob", { capturedAt: ENROLLED });
    const faces = AT.flatMap((capturedAt, i) =>
      ["anna", "bob"].map((personId, k) =>
        makeFaceToSave({
          uid: `${i}-${personId}`,
          camera: (i + k) % 2 === 0 ? "door" : "yard",
          capturedAt,
          matched: { person: personId, personId, distance: 0.2 + i / 100 + k / 1_000, score: 0.8 },
        }),
      ),
    );
    const size = faces.length / batches;
    for (let i = 0; i < faces.length; i += size) await store.saveFaces(faces.slice(i, i + size));
    return { people: await store.personStates(), cameras: await store.cameraStates() };
  };
  const together = await seen(1);
  expect(together).toEqual(await seen(8));
  // The later one in the batch of those with the same time.
  expect(together.people.map(({ camera, distance }) => [camera, distance])).toEqual([
    ["door", 0.22],
    ["yard", 0.221],
  ]);
});
