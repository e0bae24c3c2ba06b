import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Certificates, hasOpenssl, makeCertificates } from "../helpers/certificates.ts";
import { freePort } from "../helpers/free-port.ts";
import { hasMosquitto, startMosquitto } from "../helpers/mosquitto.ts";
import { connectClient } from "../helpers/mqtt-client.ts";
import { FACE, openExternal, type TestLink, until, untilSubscribed } from "./open-link.ts";

/** A face that arrives proves that all of it works. */
async function passFace(opened: TestLink, options: Parameters<typeof connectClient>[1] = {}): Promise<void> {
  await untilSubscribed(opened);
  const camera = await connectClient(opened.url, options);
  await camera.publish(FACE, "face");
  await until(() => opened.ingested.length === 1);
}

/** Mosquitto's second listener: it does not start with none but this. */
const webSocket = (port: number): string[] => [`listener ${port} 127.0.0.1`, "protocol websockets"];

describe.skipIf(!hasMosquitto)("an external broker", () => {
  const users = { f2m: "right: with spaces, and ünïcode", camera: "other" };
  const login = { username: "f2m", password: users.f2m };
  const camera = { username: "camera", password: users.camera };

  it("is logged in to", async () => {
    const { url } = await startMosquitto({ users });
    await passFace(await openExternal(url, login), camera);
  });

  it("is tried for as long as it refuses the login, which is logged once", { timeout: 60_000 }, async () => {
    const mosquitto = await startMosquitto({ users: { f2m: "another" } });
    const opened = await openExternal(mosquitto.url, login);
    await until(() => opened.logged.length > 0);
    await new Promise((done) => setTimeout(done, 2_500));
    expect(opened.logged).toEqual([expect.stringMatching(/no connection to the broker.*Not authorized/)]);
    expect(opened.logged.join()).not.toContain(login.password);
    await mosquitto.setUsers(users);
    await passFace(opened, camera);
  });

  it("is reached over a WebSocket", async () => {
    const port = await freePort();
    await startMosquitto({ users, lines: webSocket(port) });
    const opened = await openExternal(`ws://127.0.0.1:${port}/mqtt?token=hush`, login);
    await passFace(opened, camera);
    expect(opened.link.description).toBe(`ws://127.0.0.1:${port}/mqtt`);
  });
});

describe.skipIf(!hasMosquitto || !hasOpenssl)("a broker behind TLS", () => {
  const server = ({ ca, server: { cert, key } }: Certificates): string[] => [
    `cafile ${ca}`,
    `certfile ${cert}`,
    `keyfile ${key}`,
  ];

  it("is reached by mqtts and wss, when its certificate is from the named authority", async () => {
    const certificates = makeCertificates();
    const wssPort = await freePort();
    const lines = [...server(certificates), ...webSocket(wssPort), ...server(certificates)];
    const { port } = await startMosquitto({ lines });
    const ca = readFileSync(certificates.ca);
    for (const url of [`mqtts://127.0.0.1:${port}`, `wss://127.0.0.1:${wssPort}`]) {
      await passFace(await openExternal(url, { ca }), { ca });
    }
  });

  it("is not used when its certificate is not valid, unless that check is switched off", async () => {
    const { port } = await startMosquitto({ lines: server(makeCertificates()) });
    const url = `mqtts://127.0.0.1:${port}`;
    const another = readFileSync(makeCertificates().ca);
    for (const ca of [another, null]) {
      const opened = await openExternal(url, { ca });
      await until(() => opened.logged.length > 0);
      expect(opened.logged).toEqual([expect.stringMatching(/no connection to the broker.*certificate/)]);
      expect(opened.link.state).toBe("connecting");
    }
    const careless = await openExternal(url, { ca: another, rejectUnauthorized: false });
    await passFace(careless, { rejectUnauthorized: false });
  });

  it("may want a certificate of its client", async () => {
    const certificates = makeCertificates();
    const { port } = await startMosquitto({ lines: [...server(certificates), "require_certificate true"] });
    const url = `mqtts://127.0.0.1:${port}`;
    const ca = readFileSync(certificates.ca);
    const cert = readFileSync(certificates.client.cert);
    const key = readFileSync(certificates.client.key);
    await passFace(await openExternal(url, { ca, cert, key }), { ca, cert, key });
    const unknown = await openExternal(url, { ca, clientId: "unknown" });
    await until(() => unknown.logged.length > 0);
    expect(unknown.connected).toBe(0);
  });
});
