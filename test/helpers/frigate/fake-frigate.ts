import { connectClient, type TestClient } from "../mqtt-client.ts";
import { type FakePerson, toMessage, toRow } from "./fake-person.ts";
import { createSessions, type FakeSessions, type FakeUser } from "./fake-sessions.ts";
import { startServer, type TestAnswer, type TestRequest, type TestServer, toJson, toPicture } from "./test-server.ts";

const DETECT = { width: 1280, height: 720 };
/** nginx keeps answers of the API for so long. */
const CACHED_MS = 5_000;

export interface FakeFrigateOptions {
  /** 0.16, 0.17 or 0.18. */
  readonly version?: string;
  /** Its port 8971; without, everybody who reaches it is an admin, as on port 5000. */
  readonly users?: Readonly<Record<string, FakeUser>>;
  readonly cameras?: readonly string[];
  /** Streams of its configuration for go2rtc; by default one of each camera's name. */
  readonly streams?: readonly string[];
  /** `face_recognition.enabled` */
  readonly recognizesFaces?: boolean;
  /** People of the face library with one picture each. */
  readonly library?: readonly string[];
  /** `snapshots.clean_copy`, until 0.17. */
  readonly cleanCopy?: boolean;
  /** What its configuration says of MQTT, besides the broker that it connects to. */
  readonly mqtt?: object;
}

/** Publishes below Frigate's prefix. */
export type Publish = (topic: string, message: string | object, retain?: boolean) => Promise<void>;

/** Frigate as https://docs.frigate.video documents its topics and its API. */
export interface FakeFrigate extends TestServer {
  readonly sessions: FakeSessions;
  readonly people: Map<string, FakePerson>;
  /** Files of `clips/faces/train`. */
  readonly crops: Map<string, Buffer>;
  /** Publishes at this broker from now on, `available` first. */
  connect(brokerUrl: string, topicPrefix?: string): Promise<TestClient>;
  /** The same without a broker: topics are without the prefix. */
  publishBy(publish: Publish): void;
  /** Someone comes into view: the first message. */
  appear(who: Partial<FakePerson> & Pick<FakePerson, "camera">): Promise<FakePerson>;
  /** Whatever of it has changed is published. */
  update(person: FakePerson, changes?: Partial<FakePerson>): Promise<void>;
  /** Frigate has cut out a face: a file and a message, if its library has anybody. */
  face(person: FakePerson, crop: Buffer): Promise<void>;
  leave(person: FakePerson): Promise<void>;
}

/** Started; stopped when the test is over. */
export async function startFrigate(options: FakeFrigateOptions = {}): Promise<FakeFrigate> {
  const { version = "0.17.1-abcdef0", users, cameras = ["front"], library = ["Someone"], cleanCopy = true } = options;
  const { recognizesFaces = true, streams = cameras } = options;
  const minor = Number(version.split(".")[1]);
  const sessions = createSessions(users ?? {});
  const people = new Map<string, FakePerson>();
  const crops = new Map<string, Buffer>();
  const cached = new Map<string, { readonly atMs: number; readonly answer: TestAnswer }>();
  let send: Publish = async () => undefined;
  let made = 0;

  const server = await startServer((request) => {
    const { path, method, headers } = request;
    if (path === "/api/login" && method === "POST") return sessions.logIn(request);
    const role = users === undefined ? "admin" : sessions.whoIs(request)?.role;
    if (role === undefined) return { status: 401, body: "<html>401 Authorization Required</html>" };
    const key = `${request.path}?${request.query}`;
    const hit = cached.get(key);
    const mayUse = method === "GET" && headers["x-cache-bypass"] === undefined;
    if (mayUse && hit && Date.now() - hit.atMs < CACHED_MS) return hit.answer;
    const answer = respond(request, role);
    if (method === "GET" && answer.headers?.["content-type"] === "application/json" && answer.status === 200) {
      cached.set(key, { atMs: Date.now(), answer });
    }
    return answer;
  });

  function respond(request: TestRequest, role: FakeUser["role"]): TestAnswer {
    const { path, query } = request;
    const [, root, ...rest] = path.split("/");
    const isForAdmins =
      path === "/api/faces" ? minor >= 17 : root === "clips" ? minor >= 18 : path.endsWith("/sub_label");
    if (isForAdmins && role !== "admin") return toJson({ detail: "Access denied." }, 403);
    if (root === "clips") return toFile(crops.get(rest.at(-1) ?? ""));
    if (path === "/api/version") return { status: 200, body: version };
    if (path === "/api/config") return toJson(toConfig());
    if (path === "/api/faces") return toJson(toLibrary());
    if (path === "/api/events") return toJson(findRows(query));
    const [event, id = "", what] = rest;
    if (event !== "events") return toJson({ detail: "Not Found" }, 404);
    const person = people.get(id);
    return toEventAnswer(person, what, request);
  }

  function toEventAnswer(person: FakePerson | undefined, what: string | undefined, request: TestRequest): TestAnswer {
    const isNotFound = toJson("Event not found", 404);
    const best = person?.best ?? null;
    if (what === undefined) return person?.isStored ? toJson(toRow(person, DETECT)) : isNotFound;
    if (what === "sub_label" && request.method === "POST") {
      const { subLabel, subLabelScore = null } = JSON.parse(request.body) as {
        subLabel: string;
        subLabelScore?: number;
      };
      if (!person) return toJson({ success: false, message: "Event not found." }, 404);
      if (subLabelScore !== null && (subLabelScore <= 0 || subLabelScore > 1)) return toJson({ detail: [] }, 422);
      person.subLabel = [subLabel, subLabelScore ?? 0];
      void publish("update", person);
      return toJson({ success: true, message: `Event ${person.id} sub label set to ${subLabel}` });
    }
    const clean = minor >= 17 ? "snapshot-clean.webp" : "snapshot-clean.png";
    if (what === clean) {
      if (!person?.isStored || best === null || (!cleanCopy && minor < 18)) return isNotFound;
      return toPicture(best.picture);
    }
    if (what === "snapshot.jpg") {
      if (best === null) return toJson({ success: false, message: "Live frame not available" }, 404);
      return toPicture(best.picture, minor >= 17 ? { "x-frame-time": String(best.takenAt) } : {});
    }
    return toJson({ detail: "Not Found" }, 404);
  }

  const toFile = (file: Buffer | undefined): TestAnswer =>
    file ? toPicture(file) : { status: 404, body: "<html>404 Not Found</html>" };

  const toLibrary = (): object => ({
    train: [...crops.keys()].reverse(),
    ...Object.fromEntries(library.map((name) => [name, [`${name}_1.webp`]])),
  });

  const toConfig = (): object => ({
    version: "0.17-0",
    mqtt: { enabled: true, host: "broker", port: 1883, topic_prefix: "frigate", stats_interval: 60, ...options.mqtt },
    face_recognition: { enabled: recognizesFaces },
    go2rtc: { streams: Object.fromEntries(streams.map((stream) => [stream, ["rtsp://10.0.0.7:554/live"]])) },
    cameras: Object.fromEntries(
      cameras.map((camera) => [camera, { detect: { ...DETECT, fps: 5 }, live: { streams: { [camera]: camera } } }]),
    ),
  });

  function findRows(query: URLSearchParams): readonly object[] {
    const wanted = query.get("cameras")?.split(",");
    return [...people.values()]
      .filter((one) => one.isStored && (query.get("has_snapshot") !== "1" || one.best !== null))
      .filter((one) => one.startTime > Number(query.get("after") ?? 0) && (!wanted || wanted.includes(one.camera)))
      .sort((one, other) => other.startTime - one.startTime)
      .slice(0, Number(query.get("limit") ?? 100))
      .map((one) => toRow(one, DETECT));
  }

  const now = (): number => Date.now() / 1000;

  async function publish(type: "new" | "update" | "end", person: FakePerson): Promise<void> {
    const message = toMessage(person, now(), minor);
    await send("events", { type, before: message, after: message });
  }

  const fake = {
    sessions,
    people,
    crops,
    async connect(brokerUrl: string, topicPrefix = "frigate") {
      const client = await connectClient(brokerUrl);
      send = (topic, message, retain = false) => client.publish(`${topicPrefix}/${topic}`, message, { retain });
      await send("available", "online", true);
      return client;
    },
    publishBy(publish: Publish) {
      send = publish;
    },
    async appear(who: Partial<FakePerson> & Pick<FakePerson, "camera">) {
      made += 1;
      const startTime = who.startTime ?? now();
      const person: FakePerson = {
        id: `${startTime.toFixed(6)}-p${String(made).padStart(5, "0")}`,
        startTime,
        endTime: null,
        box: [0, 0, 640, 720],
        zones: [],
        subLabel: null,
        isStationary: false,
        isStored: false,
        best: null,
        ...who,
      };
      people.set(person.id, person);
      await publish("new", person);
      return person;
    },
    async update(person: FakePerson, changes: Partial<FakePerson> = {}) {
      Object.assign(person, { isStored: true }, changes);
      await publish("update", person);
    },
    async face(person: FakePerson, crop: Buffer) {
      if (!recognizesFaces || library.length === 0) return;
      crops.set(`${person.id}-${now().toFixed(6)}-unknown-0.0.webp`, crop);
      const { id, camera } = person;
      const message = { type: "face", name: null, score: 0, id, camera, timestamp: now() };
      await send("tracked_object_update", message);
    },
    async leave(person: FakePerson) {
      Object.assign(person, { isStored: true, endTime: now() });
      await publish("end", person);
    },
  };
  return Object.assign(server, fake);
}
