import { once } from "node:events";
import { createServer } from "node:net";

/** Ports to try before any free one is taken. */
const TRIES = 20;

/** `wanted`, or the next free port of the loopback address. */
export async function nextFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + TRIES && port <= 65_535; port++) {
    if ((await tryPort(port)) !== null) return port;
  }
  return await anyFreePort();
}

/** Any free port. */
export async function anyFreePort(): Promise<number> {
  return (await tryPort(0)) as number;
}

/** The port that could be listened on, or null; 0 tries any. */
async function tryPort(port: number): Promise<number | null> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address ? address.port : null;
  } catch {
    return null;
  } finally {
    server.close();
  }
}
