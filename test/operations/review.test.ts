import { expect, it } from "vitest";
import type { AcceptedAnswer, Answered, ReviewAnswer } from "../../src/wire/out/review.ts";
import type { ClustersAnswer, PeopleAnswer, StatusJson } from "../../src/wire/out/schemas.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { startTestApp } from "../helpers/start-test-app.ts";
import { makeEncoding, makeNear } from "../make/encoding.ts";

const anna = makeEncoding(1);
const bob = makeEncoding(2_000);
const stranger = makeEncoding(9_000);

/** Anna is named from five faces, Bob from four; `see` stores faces near an encoding. */
async function start() {
  const daemon = await startTestApp({ config: { recognition: { cooldown_seconds: 0 } } });
  const client = await connectClient(daemon.mqttUrl);
  let sent = 0;
  async function see(of: Float32Array, away: number, count: number) {
    const middle = makeNear(of, away, 3 + away * 100);
    for (let i = 0; i < count; i++) {
      sent++;
      const face = { id: `f-${sent}`, encoding: [...makeNear(middle, 0.1, sent)] };
      await client.publish("faces2mqtt/embedding/door", face);
    }
  }
  async function discover() {
    return (await daemon.send<ClustersAnswer>("POST", "api/faces/discover", {})).clusters;
  }
  await see(anna, 0, 5);
  await see(bob, 0, 4);
  for (const [i, { id }] of (await discover()).entries()) {
    await daemon.send("POST", `api/faces/clusters/${id}/assign`, { name: i === 0 ? "Anna" : "Bob" });
  }
  const people = async () =>
    (await daemon.get<PeopleAnswer>("api/faces/registry")).people.map((one) => `${one.name} ${one.faces}`).sort();
  const waiting = async () => (await daemon.get<StatusJson>("api/status")).stats.clusters;
  const review = () => daemon.get<ReviewAnswer>("api/review");
  const answer = (id: string, say: string) =>
    daemon.send<Answered>("POST", `api/review/${encodeURIComponent(id)}`, { answer: say });
  return { daemon, client, see, discover, people, waiting, review, answer };
}

it("accepts all sure ones at once, as one change that is undone at once; only others wait", {
  timeout: 30_000,
}, async () => {
  const { daemon, client, see, discover, people, waiting, review } = await start();
  await see(anna, 0.05, 3);
  await see(bob, 0.05, 2);
  await see(stranger, 0, 3);
  await discover();
  expect(await waiting()).toBe(1);
  await client.subscribe("faces2mqtt/bridge/stats");
  await client.waitFor(
    ({ topic, text }) => topic.endsWith("stats") && text.includes('"unassigned":8,"clusters":1,'),
    "one cluster that waits, of three",
  );
  const { questions, open, sure, next_cursor } = await review();
  expect({ open, sure, next_cursor }).toEqual({ open: 2, sure: 2, next_cursor: null });
  expect(questions.map((one) => [one.level, one.person.person_id, one.cluster.size, one.cluster.state])).toEqual([
    ["sure", "anna", 3, "known"],
    ["sure", "bob", 2, "known"],
  ]);
  const known = await daemon.get<ClustersAnswer>("api/faces/clusters?state=known");
  expect(known.clusters.map((one) => one.size)).toEqual([3, 2]);
  const only = await daemon.send<AcceptedAnswer>("POST", "api/review/accept-sure", { questions: [questions[1]?.id] });
  expect(only).toEqual({ change: 3, accepted: 1, faces: 2, people: [{ person: "Bob", person_id: "bob", faces: 2 }] });
  const all = await daemon.send<AcceptedAnswer>("POST", "api/review/accept-sure", {});
  expect(all).toMatchObject({ accepted: 1, faces: 3, people: [{ person: "Anna" }] });
  expect(await people()).toEqual(["Anna 8", "Bob 6"]);
  expect(await daemon.send<AcceptedAnswer>("POST", "api/review/accept-sure", {})).toEqual({
    accepted: 0,
    faces: 0,
    people: [],
    change: null,
  });
  await daemon.send("POST", "api/undo", {});
  await daemon.send("POST", "api/undo", {});
  expect(await people()).toEqual(["Anna 5", "Bob 4"]);
  expect(await waiting()).toBe(1);
  expect((await review()).open).toBe(2);
});

it("takes yes, no and unsure as answers to what was shown", { timeout: 30_000 }, async () => {
  const { see, discover, people, waiting, review, answer } = await start();
  await see(anna, 0.05, 3);
  await see(bob, 0.05, 2);
  await discover();
  expect(await waiting()).toBe(0);
  const [first, second] = (await review()).questions;
  const annas = first?.id ?? "";
  const bobs = second?.id ?? "";
  expect(await answer(annas, "unsure")).toMatchObject({ answer: "unsure", person_id: "anna", faces: 0 });
  expect((await review()).questions.map((one) => one.id)).toEqual([bobs]);
  expect(await answer(annas, "open")).toMatchObject({ answer: "open", person_id: "anna", change: null });
  expect((await review()).questions.map((one) => one.id)).toEqual([annas, bobs]);
  expect(await answer(annas, "unsure")).toMatchObject({ answer: "unsure" });
  expect(await answer(bobs, "no")).toMatchObject({ answer: "no", person_id: "bob", faces: 0 });
  expect((await review()).questions).toEqual([]);
  // It is not Bob, so it waits for another name.
  expect(await waiting()).toBe(1);
  expect(await answer(annas, "yes")).toMatchObject({ answer: "yes", person: "Anna", faces: 3 });
  expect(await people()).toEqual(["Anna 8", "Bob 4"]);
  await expect(answer(annas, "yes")).rejects.toThrow("CLUSTER_NOT_FOUND");
  await expect(answer(bobs.replace(/\.[0-9a-f]{16}\./, ".0000000000000000."), "yes")).rejects.toThrow(
    "CLUSTER_CHANGED",
  );
  await expect(answer(bobs.replace(/bob$/, "nobody"), "yes")).rejects.toThrow("PERSON_NOT_FOUND");
});
