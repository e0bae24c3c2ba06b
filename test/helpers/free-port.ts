import { createServer } from "node:net";

const given = new Set<number>();

/** A port on loopback that is free right now, and that was not returned before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await findPort();
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
