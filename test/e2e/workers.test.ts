import { describe, it } from "vitest";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { shareWithAKill } from "../helpers/share-pictures.ts";
import { sharedData } from "../helpers/shared-data.ts";
import { testModels } from "../helpers/test-models.ts";

const data = sharedData();
const modelsDir = testModels();

describe.skipIf(!hasMosquitto || data === null || modelsDir === null)("workers on Mosquitto", () => {
  it.each([1, 2, 4])(
    "lose no picture and count none twice when one of %i is killed",
    { timeout: 180_000 },
    async (workers) => {
      const { url } = await startMosquitto();
      await shareWithAKill({ brokerUrl: url, modelsDir: modelsDir ?? "", data: data ?? "", workers, pictures: 40 });
    },
  );
});
