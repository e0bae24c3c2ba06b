import { expect, test } from "vitest";
import { buildTestApp } from "./build-test-app.ts";

test("an answer that takes long keeps its connection where that is expected, and nowhere else", async () => {
  const later = () => new Promise<void>((resolve) => setTimeout(resolve, 1000));
  const { app } = await buildTestApp({
    silenceMs: 200,
    exchange: ({ discover, studyThreshold, status }) => ({
      discover: { ...discover, start: () => ({ discovery: discover.current(), done: later().then(discover.current) }) },
      studyThreshold: () => later().then(studyThreshold),
      status: { ...status, read: () => later().then(status.read) },
    }),
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  expect((await fetch(`${url}/api/faces/discover`, { method: "POST" })).status).toBe(200);
  expect((await fetch(`${url}/api/threshold`)).status).toBe(200);
  await expect(fetch(`${url}/api/status`)).rejects.toThrow();
});
