import { describe, expect, it } from "vitest";
import { startDaemon } from "../helpers/daemon.ts";
import { freePort } from "../helpers/free-port.ts";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { connectClient, type SeenMessage, type TestClient } from "../helpers/mqtt-client.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

// https://github.com/skrashevich/double-take/issues/281: a retained recognition was delivered again after a restart, and an
// automation opened the front door.

const anna = makeEncoding(1);
const env = { RECOGNITION_COOLDOWN_SECONDS: "0", RECOGNITION_PRESENCE_SECONDS: "600" };

const isEvent = ({ topic }: SeenMessage): boolean => topic === "faces2mqtt/event" || topic.endsWith("/event");
const isOn = ({ text }: SeenMessage): boolean => text.includes('"presence":"ON"');

/** Names Anna and lets her be recognized once. */
async function letAnnaPass(client: TestClient): Promise<void> {
  await client.publish("faces2mqtt/embedding/door", { id: "first", encoding: [...anna] });
  const { data } = await client.request<{ clusters: { id: string }[] }>("discover", { wait: true });
  await client.request("assign", { cluster: data.clusters[0]?.id, name: "Anna" });
  await client.subscribe("faces2mqtt/#");
  await client.publish("faces2mqtt/embedding/door", { id: "second", encoding: [...makeNear(anna, 0.2)] });
  await client.waitFor((message) => message.topic === "faces2mqtt/person/anna/event", "the event");
  await client.waitFor((message) => message.topic === "faces2mqtt/person/anna/state" && isOn(message), "presence");
}

/** What a new subscriber receives within the next second. */
async function listenAgain(url: string): Promise<SeenMessage[]> {
  const late = await connectClient(url);
  await late.subscribe("#");
  await late.waitFor(({ topic }) => topic === "faces2mqtt/person/anna/state", "Anna's state");
  await new Promise((done) => setTimeout(done, 1_000));
  const seen = [...late.seen];
  await late.close();
  return seen;
}

describe("double-take#281: no restart of anything delivers an event again", () => {
  it("with the embedded broker", { timeout: 90_000 }, async () => {
    const folder = tempFolder();
    const mqttPort = await freePort();
    const first = await startDaemon({ folder, mqttPort, env });
    const home = await connectClient(first.mqttUrl, { clientId: "home", clean: false });
    await letAnnaPass(home);
    await home.close();
    for (const end of ["stop", "kill"] as const) {
      const before = end === "stop" ? first : await startDaemon({ folder, mqttPort, env });
      await before[end]();
      const daemon = await startDaemon({ folder, mqttPort, env });
      const seen = await listenAgain(daemon.mqttUrl);
      expect(seen.filter(isEvent)).toEqual([]);
      expect(seen.filter(isOn)).toEqual([]);
      await daemon.stop();
    }
  });

  it.skipIf(!hasMosquitto)(
    "with Mosquitto, restarted in every order with the daemon and the subscriber",
    { timeout: 180_000 },
    async () => {
      const folder = tempFolder();
      const mosquitto = await startMosquitto({ persistence: true });
      const brokerUrl = mosquitto.url;
      let daemon = await startDaemon({ folder, brokerUrl, env });
      let home = await connectClient(brokerUrl, { clientId: "home", clean: false });
      await letAnnaPass(home);
      const steps = {
        broker: async () => {
          await mosquitto.stop();
          await mosquitto.start();
        },
        daemon: async () => {
          await daemon.stop();
          daemon = await startDaemon({ folder, brokerUrl, env });
        },
        killed: async () => {
          await daemon.kill();
          daemon = await startDaemon({ folder, brokerUrl, env });
        },
        home: async () => {
          await home.close();
          home = await connectClient(brokerUrl, { clientId: "home", clean: false });
        },
      };
      const orders: (keyof typeof steps)[][] = [
        ["broker", "daemon", "home"],
        ["daemon", "broker", "home"],
        ["home", "killed", "broker"],
        ["broker", "home", "killed"],
      ];
      for (const order of orders) {
        const before = home.seen.filter(isEvent).length;
        for (const step of order) await steps[step]();
        const seen = await listenAgain(brokerUrl);
        expect([order, seen.filter(isEvent)]).toEqual([order, []]);
        expect([order, seen.filter((message) => isOn(message) && !message.retain)]).toEqual([order, []]);
        expect(home.seen.filter(isEvent).length).toBeLessThanOrEqual(before);
      }
    },
  );
});
