import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { StartRefused } from "../../src/domain/errors.ts";
import type { System } from "../../src/operations/system/system.ts";
import { launchServer, startServer } from "./start-server.ts";

/** A request for the status hangs until it is let go. */
function hold() {
  let begun = () => {};
  let finish = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const released = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const exchange = ({ status }: System): Partial<System> => ({
    status: {
      ...status,
      async read() {
        begun();
        await released;
        return await status.read();
      },
    },
  });
  return { exchange, started, finish };
}

test("what is under way when the server stops is answered", async () => {
  const { exchange, started, finish } = hold();
  const { url, server } = await startServer({ exchange });
  const asked = fetch(`${url}/api/status`);
  await started;
  const stopped = server.stop();
  finish();
  expect((await asked).status).toBe(200);
  await stopped;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test("what takes too long when the server stops is cut", async () => {
  const { exchange, started } = hold();
  const { url, server } = await startServer({ exchange });
  const asked = fetch(`${url}/api/status`);
  const cut = expect(asked).rejects.toThrow();
  await started;
  await server.stop();
  await cut;
});

test("connections without a request do not hold the server up", async () => {
  const { url, server } = await startServer();
  const silent = connect(Number(new URL(url).port), "127.0.0.1");
  await new Promise((resolve) => silent.once("connect", resolve));
  const closed = new Promise((resolve) => silent.once("close", resolve));
  silent.on("error", () => {});
  const ended = Promise.race([
    server.stop().then(() => "stopped"),
    new Promise((resolve) => setTimeout(() => resolve("held up"), 1500)),
  ]);
  expect(await ended).toBe("stopped");
  await closed;
});

test("stopping before starting, and twice, is fine", async () => {
  const { server } = await startServer();
  await server.stop();
  await server.stop();
});

describe("where the server may listen", () => {
  test("not on an address that others reach, without a token", async () => {
    await expect(launchServer({ config: { host: "0.0.0.0" } })).rejects.toThrow(StartRefused);
  });

  test("an address in use is an error, and nothing stays behind", async () => {
    const blocker = createTcpServer().listen(0, "127.0.0.1");
    onTestFinished(() => void blocker.close());
    await new Promise((resolve) => blocker.once("listening", resolve));
    const { port } = blocker.address() as AddressInfo;
    await expect(launchServer({ config: { port } })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await expect(launchServer({ config: { ingressPort: port } })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
