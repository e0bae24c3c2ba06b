import { createServer, request, type Server } from "node:http";
import { onTestFinished } from "vitest";
import { freePort } from "../../helpers/free-port.ts";

/** Serves `pages` (by path), and everything under `prefix` from `target`, whose own paths begin at the root. */
export async function startProxy(options: {
  readonly target: string;
  readonly prefix: string;
  readonly pages?: Readonly<Record<string, string>>;
}): Promise<{ readonly url: string }> {
  const { target, prefix, pages = {} } = options;
  const port = await freePort();
  const server: Server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? "/";
    const page = pages[path];
    if (page !== undefined) {
      outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
      return;
    }
    if (!path.startsWith(prefix)) {
      outgoing.writeHead(404).end("outside of the prefix");
      return;
    }
    const onward = request(new URL(path.slice(prefix.length - 1), target), {
      method: incoming.method,
      headers: { ...incoming.headers, host: new URL(target).host },
    });
    onward.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}` };
}
