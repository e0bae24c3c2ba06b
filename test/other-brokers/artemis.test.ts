import { beforeAll, describe, expect, it } from "vitest";
import { installArtemis, startArtemis } from "../helpers/artemis.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { shareWithAKill } from "../helpers/share-pictures.ts";
import { sharedData } from "../helpers/shared-data.ts";
import { testModels } from "../helpers/test-models.ts";
import { fakeEmbed, pictureOf, startWorker } from "../mqtt/embed/start-worker.ts";

const data = sharedData();
const modelsDir = testModels();

beforeAll(installArtemis);

// Artemis hands what a lost worker had in hand to the others at once, but goes on counting it: with four in hand it sends
// nothing more to the same id.
const RESTARTED = "w0-again";

describe.skipIf(data === null || modelsDir === null)("workers on Artemis", () => {
  it.each([1, 2, 4])(
    "lose no picture and count none twice when one of %i is killed",
    { timeout: 180_000 },
    async (workers) => {
      const { url } = await startArtemis();
      await shareWithAKill({
        brokerUrl: url,
        modelsDir: modelsDir ?? "",
        data: data ?? "",
        workers,
        pictures: 40,
        restartAs: RESTARTED,
      });
    },
  );
});

describe("a worker on Artemis", () => {
  it("that does not return leaves its pictures to the others at once", async () => {
    const { url } = await startArtemis();
    const daemon = await connectClient(url);
    await daemon.subscribe("faces2mqtt/embedding/+");
    const stuck = startWorker(url, "stuck", { embed: () => new Promise(() => undefined), graceMs: 10 });
    await stuck.connected();
    for (let n = 0; n < 10; n++) await daemon.publish("faces2mqtt/snapshot/door", pictureOf(n));
    await stuck.stop();
    const other = startWorker(url, "other", { embed: fakeEmbed });
    await daemon.waitFor(() => daemon.seen.length === 10, "all faces");
    expect(await other.stop()).toMatchObject({ pictures: 10 });
  });

  it("ends when another one has its id", async () => {
    const { url } = await startArtemis();
    const first = startWorker(url, "one");
    await first.connected();
    const second = startWorker(url, "one");
    await expect(Promise.race([first.ended, second.ended])).rejects.toThrow(/another client has connected as|at once/);
  });
});
