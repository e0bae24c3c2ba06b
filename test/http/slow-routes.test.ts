import { expect, onTestFinished, test } from "vitest";
import { buildTestApp } from "./build-test-app.ts";
import { makeRequests } from "./make-requests.ts";

test("an answer that takes long keeps its connection where that is expected, and nowhere else", async () => {
  const later = <T>(answer: T) => new Promise<T>((resolve) => setTimeout(() => resolve(answer), 1000));
  const answers = makeRequests();
  const requests = makeRequests({
    discover: async (input) => later(await answers.discover(input)),
    threshold: async () => later(await answers.threshold()),
    status: async () => later(await answers.status()),
  });
  const { app } = await buildTestApp({ requests, silenceMs: 200 });
  onTestFinished(() => app.close());
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  expect((await fetch(`${url}/api/faces/discover`, { method: "POST" })).status).toBe(200);
  expect((await fetch(`${url}/api/threshold`)).status).toBe(200);
  await expect(fetch(`${url}/api/status`)).rejects.toThrow();
});
