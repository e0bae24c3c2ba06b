import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request that a test's server has to answer. */
export interface TestRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface TestAnswer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An HTTP server that can go and come back on the same port. */
export interface TestServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Method and path with query of what was asked, in order. */
  readonly asked: string[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Started; stopped when the test is over. */
export async function startServer(
  answer: (request: TestRequest) => TestAnswer | Promise<TestAnswer>,
): Promise<TestServer> {
  const asked: string[] = [];
  let server: Server | null = null;
  let port = 0;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = "", url = "", headers } = request;
    asked.push(`${method} ${url}`);
    const { pathname, searchParams } = new URL(url, "http://test");
    const body = Buffer.concat(parts).toString();
    const answered = await answer({ method, path: decodeURIComponent(pathname), query: searchParams, headers, body });
    response.writeHead(answered.status, answered.headers).end(answered.body);
  }

  const one = {
    asked,
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    async start() {
      server = createServer((request, response) => void respond(request, response));
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      port = (server.address() as AddressInfo).port;
    },
    async stop() {
      const ending = server;
      server = null;
      if (!ending) return;
      ending.closeAllConnections();
      await new Promise((done) => ending.close(done));
    },
  };
  await one.start();
  onTestFinished(one.stop);
  return one;
}

export const toJson = (value: unknown, status = 200): TestAnswer => ({
  status,
  body: JSON.stringify(value),
  headers: { "content-type": "application/json" },
});

export const toPicture = (body: Buffer, headers: Readonly<Record<string, string>> = {}): TestAnswer => ({
  status: 200,
  body,
  headers: { "content-type": "image/jpeg", ...headers },
});
