import { expect, it, onTestFinished } from "vitest";
import { silentLog } from "../../src/domain/log.ts";
import { type Gates, PictureError } from "../../src/domain/pictures/snapshot.ts";
import { createEmbedder } from "../../src/embed/embedder.ts";
import { testModels } from "../helpers/test-models.ts";
import { HOSTILE_PICTURES, halves } from "./hostile-pictures.ts";

const models = testModels();
const gates: Gates = { minScore: 0.8, minFacePx: 28, minNorm: 9 };

it.skipIf(models === null)("what is no picture costs no thread its life", { timeout: 120_000 }, async () => {
  const deaths: object[] = [];
  const log = { ...silentLog, warn: (fields: object) => void deaths.push(fields) };
  const embedder = createEmbedder({ modelsDir: models as string, workers: 1, log });
  onTestFinished(() => embedder.stop());
  for (const [name, make, reason] of HOSTILE_PICTURES) {
    const looked = embedder.embed(await make(), gates);
    await expect(looked, name).rejects.toThrow(PictureError);
    await expect(looked, name).rejects.toThrow(reason);
  }
  expect(deaths).toEqual([]);
  const picture = await halves().jpeg().toBuffer();
  expect(await embedder.embed(picture, gates)).toEqual({ width: 400, height: 300, faces: [] });
});
