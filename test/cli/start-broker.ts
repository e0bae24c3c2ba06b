import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Aedes } from "aedes";
import { onTestFinished } from "vitest";

export interface TestBroker {
  readonly url: string;
  /** What was published, in order, also what was published again. */
  readonly published: { readonly topic: string; readonly payload: string }[];
  /** Cuts every connection; clients may come back. */
  cut(): void;
}

/** A broker of this test's own. `refuses`: connections are closed instead of taking these payloads. */
export async function startBroker(
  options: { login?: { username: string; password: string }; refuses?: (payload: string) => boolean } = {},
): Promise<TestBroker> {
  const published: { topic: string; payload: string }[] = [];
  const sockets = new Set<Socket>();
  const aedes = await Aedes.createBroker({
    authenticate(_client, username, password, done) {
      const { login } = options;
      done(null, !login || (username === login.username && password?.toString() === login.password));
    },
    authorizePublish(client, packet, done) {
      if (client === null) return done(null);
      const payload = packet.payload.toString();
      if (options.refuses?.(payload)) return done(new Error("refused"));
      published.push({ topic: packet.topic, payload });
      done(null);
    },
  });
  const server = createServer((socket) => {
    sockets.add(socket);
    aedes.handle(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  onTestFinished(() => {
    cut();
    server.close();
    aedes.close();
  });
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, published, cut };
}
