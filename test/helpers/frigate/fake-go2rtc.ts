import { startServer, type TestServer, toJson, toPicture } from "./test-server.ts";

/** go2rtc as Frigate has it on port 1984: its state, its streams, single frames (https://github.com/AlexxIT/go2rtc). */
export interface FakeGo2rtc extends TestServer {
  /** What each stream shows now; null: its camera does not answer, and the frame is empty. */
  readonly streams: Map<string, Buffer | null>;
}

/** Started; stopped when the test is over. */
export async function startGo2rtc(shown: Readonly<Record<string, Buffer | null>> = {}): Promise<FakeGo2rtc> {
  const streams = new Map(Object.entries(shown));
  const server = await startServer(({ path, query }) => {
    if (path === "/api") return toJson({ version: "1.9.10", config_path: "/dev/shm/go2rtc.yaml" });
    if (path === "/api/streams") return toJson(Object.fromEntries([...streams.keys()].map((name) => [name, {}])));
    if (path !== "/api/frame.jpeg") return { status: 404, body: "404 page not found\n" };
    const frame = streams.get(query.get("src") ?? "");
    if (frame === undefined) return { status: 404, body: "stream not found\n" };
    return frame === null ? { status: 200, body: "" } : toPicture(frame);
  });
  return Object.assign(server, { streams });
}
