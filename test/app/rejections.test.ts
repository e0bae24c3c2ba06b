import { expect, it } from "vitest";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { makeEncoding } from "../make/encoding.ts";

it("rejects bad messages with their code and without their payload, and takes the next good one", async () => {
  const daemon = await startTestApp();
  const camera = await connectClient(daemon.mqttUrl);
  await camera.subscribe("faces2mqtt/bridge/rejected", "faces2mqtt/bridge/stats");
  const encoding = [...makeEncoding(1)];
  const bad: [string | Buffer | object, string][] = [
    ["{", "MALFORMED_JSON"],
    [Buffer.from([0xff]), "MALFORMED_UTF8"],
    [{}, "NO_ENCODING"],
    [{ encoding: [1, 2] }, "WRONG_DIMENSION"],
    [{ encoding: encoding.map(() => null) }, "NOT_A_NUMBER"],
    [{ encoding: encoding.map(() => 1e39) }, "NOT_FINITE"],
    [{ encoding: encoding.map(() => 0) }, "ZERO_VECTOR"],
    [{ encoding, box: "secret box" }, "BAD_FIELD"],
    [{ encoding, more: "x".repeat(1_100_000) }, "TOO_LARGE"],
  ];
  for (const [payload] of bad) await camera.publish("faces2mqtt/embedding/door", payload);
  await camera.publish("faces2mqtt/embedding/door", { encoding }, { retain: true });
  await camera.publish("faces2mqtt/embedding/door", { id: "good", encoding });
  const codes = [...bad.map(([, code]) => code), "RETAINED"];
  const rejections = () => camera.seen.filter((message) => message.topic.endsWith("/rejected"));
  await camera.waitFor(({ text }) => text.includes('"RETAINED"'), "the last rejection");
  expect(rejections().map(({ text }) => JSON.parse(text).code)).toEqual(codes);
  for (const { text } of rejections()) {
    expect(Object.keys(JSON.parse(text))).toEqual(["topic", "code", "reason", "at"]);
    expect(text).not.toContain("secret box");
    expect(text.length).toBeLessThan(400);
  }
  await camera.waitFor(
    ({ text }) => text.includes(`"faces":1,`) && text.includes(`"rejected":${codes.length}`),
    "the count",
  );
  const { faces } = await daemon.get<{ faces: { uid: string }[] }>("api/faces");
  expect(faces.map((face) => face.uid)).toEqual(["good"]);
});

it("answers every wrong request with a code", async () => {
  const daemon = await startTestApp();
  const client = await connectClient(daemon.mqttUrl);
  const wrong: [string, object, string][] = [
    ["fly", {}, "UNKNOWN_COMMAND"],
    ["constructor", {}, "UNKNOWN_COMMAND"],
    ["assign", {}, "INVALID_INPUT"],
    ["assign", { cluster: "c_0", name: "Anna" }, "CLUSTER_NOT_FOUND"],
    ["assign", { cluster: "c_0", name: "  " }, "INVALID_NAME"],
    ["assign", { cluster: "c_0", name: "A\nB" }, "INVALID_NAME"],
    ["assign", { cluster: 7, name: "Anna" }, "INVALID_INPUT"],
    ["assign", { cluster: "c_0", name: "Anna", exclude_face: [1] }, "INVALID_INPUT"],
    ["unassign", { faces: [] }, "EMPTY_SELECTION"],
    ["unassign", { faces: [99] }, "FACE_NOT_FOUND"],
    ["unassign", { faces: "all" }, "INVALID_INPUT"],
    ["rename", { from: "nobody", to: "Anna" }, "PERSON_NOT_FOUND"],
    ["merge", { from: [], to: "Anna" }, "EMPTY_SELECTION"],
    ["merge", { from: ["a"], to: "b" }, "PERSON_NOT_FOUND"],
    ["delete", { name: "nobody" }, "PERSON_NOT_FOUND"],
    ["delete", { name: "nobody", faces: "burn" }, "INVALID_INPUT"],
    ["ignore", { cluster: "c_0" }, "CLUSTER_NOT_FOUND"],
    ["unignore", { cluster: "c_0" }, "CLUSTER_NOT_FOUND"],
    ["match", { encoding: [1, 2] }, "INVALID_INPUT"],
    ["similar", { face: 99 }, "FACE_NOT_FOUND"],
    ["claim", { name: "nobody" }, "PERSON_NOT_FOUND"],
    ["undo", {}, "NOTHING_TO_UNDO"],
    ["settings", { "recognition.threshold": 7 }, "INVALID_INPUT"],
    ["settings", { "http.port": 7 }, "INVALID_INPUT"],
    ["clusters", { limit: 0 }, "INVALID_INPUT"],
    ["people", { limit: 1001 }, "INVALID_INPUT"],
    ["people", { cursor: "nonsense" }, "INVALID_INPUT"],
  ];
  for (const [command, input, code] of wrong) {
    const answer = await client.request(command, input);
    expect([command, input, answer.status, answer.code]).toEqual([command, input, "error", code]);
    expect(answer.error?.length).toBeGreaterThan(10);
  }
  expect((await client.request("health")).status).toBe("ok");
});
