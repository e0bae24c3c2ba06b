import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { StartRefused } from "../../../src/domain/errors.ts";
import { toConnectRefusal, toDisconnectRefusal, toSubscribeRefusal } from "../../../src/mqtt/embed/broker-refusal.ts";
import { hasMosquitto, startMosquitto } from "../../helpers/mosquitto.ts";
import { connectClient } from "../../helpers/mqtt-client.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { openEmbedded } from "../open-link.ts";
import { pictureOf, startWorker } from "./start-worker.ts";

async function refusalOf(ended: Promise<unknown>): Promise<string> {
  const error = await ended.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartRefused);
  return (error as StartRefused).message;
}

function writeAcl(lines: readonly string[]): string {
  const file = join(tempFolder(), "acl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return `acl_file ${file}`;
}

describe("a broker that cannot share pictures out", () => {
  it("is the embedded one", async () => {
    const { url } = await openEmbedded();
    expect(await refusalOf(startWorker(url, "one").ended)).toMatch(
      /^this broker has no MQTT 5, as the embedded broker of faces2mqtt has none, and cannot share pictures out; workers need a broker with shared subscriptions of MQTT 5, such as Mosquitto/,
    );
  });

  it("says so in its answer to the subscription", () => {
    expect(toSubscribeRefusal(1, "x")).toBeNull();
    expect(toSubscribeRefusal(0, "x")?.message).toContain("it has no subscriptions of QoS 1");
    expect(toSubscribeRefusal(0x9e, "x")?.message).toContain("it has no shared subscriptions");
    expect(toSubscribeRefusal(0x87, "x")?.message).toBe(
      "the broker does not let this worker listen to x: see its access rules",
    );
    expect(toDisconnectRefusal(0x9e, "x")?.message).toContain("it has no shared subscriptions");
  });

  it("is asked again when it is busy or restarts", () => {
    expect(toConnectRefusal(0x89, "Server busy", null)).toBeNull();
    expect(toConnectRefusal(0x8a, "Banned", null)?.message).toBe("the broker refuses the connection: Banned");
    expect(toDisconnectRefusal(0x8b, "x")).toBeNull();
  });
});

describe.skipIf(!hasMosquitto)("a Mosquitto with access rules", () => {
  it("does not let a worker in with a wrong login", async () => {
    const { url } = await startMosquitto({ users: { worker: "right" } });
    const wrong = startWorker(url, "one", { username: "worker", password: "wrong" });
    expect(await refusalOf(wrong.ended)).toMatch(
      /^the broker does not let this worker in as worker: wrong name or password/,
    );
    expect(await refusalOf(startWorker(url, "one").ended)).toContain("without a login");
    const right = startWorker(url, "one", { username: "worker", password: "right" });
    await right.connected();
  });

  it("does not let it publish faces, and keeps the picture", async () => {
    const rules = [
      "user worker",
      "topic read faces2mqtt/snapshot/+",
      "user camera",
      "topic write faces2mqtt/snapshot/+",
    ];
    const acl = writeAcl(rules);
    const { url } = await startMosquitto({ users: { worker: "w", camera: "c" }, lines: [acl] });
    const worker = startWorker(url, "one", { username: "worker", password: "w" });
    await worker.connected();
    const camera = await connectClient(url, { username: "camera", password: "c" });
    await camera.publish("faces2mqtt/snapshot/door", pictureOf(1));
    expect(await refusalOf(worker.ended)).toBe(
      "the broker does not let this worker publish to faces2mqtt/embedding/door: see its access rules",
    );
  });
});

describe.skipIf(!hasMosquitto)("two workers of one id", () => {
  it("do not take the session from one another for ever: one ends, and says why", async () => {
    const { url } = await startMosquitto();
    const daemon = await connectClient(url);
    await daemon.subscribe("faces2mqtt/embedding/+");
    const workers = [startWorker(url, "one"), startWorker(url, "one")];
    const message = await refusalOf(Promise.race(workers.map((worker) => worker.ended)));
    expect(message).toMatch(
      /^the broker ends every connection of faces2mqtt_embed_one at once: is there another worker/,
    );
    await daemon.publish("faces2mqtt/snapshot/door", pictureOf(1));
    await daemon.waitFor(({ topic }) => topic === "faces2mqtt/embedding/door", "the face from the other");
  });

  it("are noticed at once by a broker that says so", () => {
    expect(toDisconnectRefusal(0x8e, "faces2mqtt_embed_one")?.message).toBe(
      "another client has connected as faces2mqtt_embed_one: each worker needs an --id of its own, and this one ends",
    );
  });
});
