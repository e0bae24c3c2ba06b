import { expect, it } from "vitest";
import { buildModels, type ConfiguredModel } from "../../../src/domain/model.ts";
import { distance, toLength } from "../../../src/domain/vectors/encoding.ts";
import { lengthOf } from "../../../src/domain/vectors/mean.ts";
import { openStore } from "../../../src/store/sqlite.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { makeClock } from "../../make/clock.ts";

const EMPTY = { removedPeople: [], renamedPeople: [], addedEncodings: [], removedEncodings: [] };
const axis = (at: number, length: number): Float32Array =>
  Float32Array.from({ length: 512 }, (_, i) => (i === at ? length : 0));

it("encodings are as long as their model says, which may have been configured after they came", async () => {
  const folder = tempFolder();
  const look = { encoding: axis(0, 0.1), source: "", sources: [], count: 1, model: "wide" };
  async function lookAs(configured: Record<string, ConfiguredModel>): Promise<Float32Array> {
    const store = await openStore({ folder, clock: makeClock(), models: buildModels(configured) });
    if ((await store.counts()).people === 0) {
      await store.applyRegistryEdit({ ...EMPTY, addedPeople: [{ name: "Anna", encodings: [look] }] });
    }
    const [anna] = (await store.gallery()).people;
    expect((await store.registry())[0]?.encodings[0]?.encoding).toEqual(anna?.encodings[0]?.encoding);
    await store.close();
    return anna?.encodings[0]?.encoding ?? new Float32Array();
  }

  expect(await lookAs({})).toEqual(look.encoding);
  const known = await lookAs({ wide: { dimension: 512, threshold: 1.24 } });
  expect(lengthOf(known)).toBeCloseTo(0.6 / 1.24, 6);
  // So short as it came it would be within 0.6 of every face.
  expect(distance(known, toLength(axis(1, 1), 0.6 / 1.24))).toBeGreaterThan(0.6);
  expect(lengthOf(await lookAs({ wide: { dimension: 512, threshold: 1.2 } }))).toBeCloseTo(0.5, 6);
});
