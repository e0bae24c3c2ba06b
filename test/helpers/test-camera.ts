import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** An HTTP server of a test's own, as a camera has one. */
export interface TestCamera {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Method, path and headers of what was asked, in order. */
  readonly asked: { readonly method: string; readonly path: string; readonly headers: IncomingMessage["headers"] }[];
  /** How many connections were opened. */
  readonly connections: number;
  /** Answers otherwise from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** Started; closed when the test is over. */
export async function startCamera(answer: TestCamera["answer"], port = 0): Promise<TestCamera> {
  let connections = 0;
  const camera: Omit<TestCamera, "url" | "connections"> = {
    asked: [],
    answer,
    async close() {
      server.closeAllConnections();
      if (server.listening) await new Promise((done) => server.close(done));
    },
  };
  const server = createServer((request, response) => {
    camera.asked.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers });
    camera.answer(request, response);
  });
  server.on("connection", () => {
    connections += 1;
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: chosen } = server.address() as AddressInfo;
  onTestFinished(camera.close);
  return Object.defineProperty(
    Object.assign(camera, { url: `http://127.0.0.1:${chosen}`, connections: 0 }),
    "connections",
    {
      get: () => connections,
    },
  );
}

/** The smallest bytes that pass for a JPEG; `mark` makes them differ. */
export const makeJpeg = (mark = ""): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`JFIF-----${mark}`), Buffer.from([0xff, 0xd9])]);

/** Answers with a picture. */
export function sendPicture(response: ServerResponse, picture: Buffer = makeJpeg()): void {
  response.writeHead(200, { "content-type": "image/jpeg", "content-length": picture.length }).end(picture);
}
