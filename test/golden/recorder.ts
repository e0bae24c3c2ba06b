import type { Daemon } from "../helpers/daemon.ts";
import type { SeenMessage, TestClient } from "../helpers/mqtt-client.ts";
import type { Normalize } from "./normalize.ts";

/** Beside the path's parameters, what goes along with a request. */
export interface HttpInput {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Asks over HTTP and MQTT, and keeps every answer as the golden files have it. */
export interface Recorder {
  /** @param operation As the OpenAPI document names it: `GET /api/faces/{id}`. */
  http<T>(operation: string, input?: HttpInput): Promise<T>;
  /** @param input Text is sent as it stands. @returns the response's `data` */
  mqtt<T>(command: string, input?: object | string): Promise<T>;
  /** Answers by operation (`http/get-api-faces-id`) and command (`mqtt/assign`), in the order they were asked for. */
  readonly answers: Map<string, object[]>;
  /** Which operations and commands were asked for. */
  readonly asked: { readonly operations: Set<string>; readonly commands: Set<string> };
}

/** What HTTP headers are part of the contract. */
const HEADERS = [
  "allow",
  "cache-control",
  "content-disposition",
  "content-type",
  "etag",
  "location",
  "preference-applied",
];

export function createRecorder(daemon: Daemon, client: TestClient, normalize: Normalize): Recorder {
  const answers = new Map<string, object[]>();
  const asked = { operations: new Set<string>(), commands: new Set<string>() };
  const answered = new Set<SeenMessage>();

  function keep(name: string, answer: object): void {
    const list = answers.get(name) ?? [];
    list.push(normalize(answer) as object);
    answers.set(name, list);
  }

  return {
    async http(operation, { params = {}, query = {}, headers = {}, body } = {}) {
      const [method, template] = operation.split(" ") as [string, string];
      const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
      const search = new URLSearchParams(
        Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
      ).toString();
      const response = await fetch(`${daemon.url}${path}${search === "" ? "" : `?${search}`}`, {
        method,
        headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const content = await readBody(response);
      asked.operations.add(operation);
      keep(
        `http/${operation
          .toLowerCase()
          .replace(/[^a-z]+/g, "-")
          .replace(/-$/, "")}`,
        {
          asked: { params, query, headers, ...(body === undefined ? {} : { body }) },
          status: response.status,
          headers: readHeaders(response, template),
          ...(content === undefined ? {} : { body: content }),
        },
      );
      return content as never;
    },

    async mqtt(command, input = {}) {
      await client.publish(`faces2mqtt/bridge/request/${command}`, input);
      const topic = `faces2mqtt/bridge/response/${command}`;
      const message = await client.waitFor(
        (one) => one.topic === topic && !answered.has(one),
        `an answer to ${command}`,
        30_000,
      );
      answered.add(message);
      const response = JSON.parse(message.text) as { data: unknown };
      asked.commands.add(command);
      keep(`mqtt/${command}`, { asked: input, response });
      return response.data as never;
    },

    answers,
    asked,
  };
}

async function readBody(response: Response): Promise<unknown> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get("content-type") ?? "";
  if (bytes.length === 0) return undefined;
  if (type.includes("json")) return JSON.parse(bytes.toString());
  if (type.startsWith("text/plain")) return toMetricNames(bytes.toString());
  return bytes;
}

/** Of Prometheus' text only what we count, without the figures. */
const toMetricNames = (text: string): string[] =>
  text.split("\n").filter((line) => /^# (HELP|TYPE) faces2mqtt_/.test(line));

function readHeaders({ headers }: Response, template: string): object {
  return Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = headers.get(name);
      if (value === null) return [];
      // The bytes of a thumbnail depend on the library that made it.
      return [[name, name === "etag" && template.endsWith("/thumbnail") ? "<etag>" : value]];
    }),
  );
}
