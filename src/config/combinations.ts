import { buildModels } from "../domain/model.ts";
import { brokerExposure, httpExposure } from "../domain/network/exposure.ts";
import { matchesFilter } from "../domain/network/topic-filter.ts";
import type { Config } from "./schema.ts";

const BUILT_IN_MODELS: ReadonlySet<string> = new Set(buildModels().keys());

/** Some of what faces2mqtt publishes, of each kind of topic. */
const OWN_TOPICS = [
  "event",
  "bridge/state",
  "bridge/response/x",
  "bridge/request/x",
  "person/x/state",
  "camera/x/event",
];

/** A contradiction between keys, reported at the first of them. */
interface Conflict {
  readonly keys: readonly [string, ...string[]];
  readonly message: string;
}

/** All contradictions between keys that are each valid. */
export function findConflicts(config: Config): Conflict[] {
  return [
    ...brokerLogin(config),
    ...brokerTls(config),
    ...exposures(config),
    ...topics(config),
    ...ports(config),
    ...users(config),
    ...models(config),
    ...snapshots(config),
    ...thinning(config),
  ];
}

function* brokerLogin({ mqtt }: Config): Generator<Conflict> {
  const { url, username, password, clientId } = mqtt;
  if (url === null) {
    for (const [key, value] of Object.entries({ username, password, client_id: clientId })) {
      if (value !== null)
        yield {
          keys: [`mqtt.${key}`, "mqtt.url"],
          message: "only with mqtt.url; the embedded broker has mqtt.embedded.users",
        };
    }
  } else if (password !== null && username === null) {
    yield { keys: ["mqtt.password", "mqtt.username"], message: "needs mqtt.username beside it" };
  }
}

function* brokerTls({ mqtt }: Config): Generator<Conflict> {
  const { url, ca, cert, key, rejectUnauthorized } = mqtt;
  if (url === null || !/^(mqtts|wss):/i.test(url)) {
    const unused = { ca, cert, key, reject_unauthorized: rejectUnauthorized ? null : false };
    for (const [name, value] of Object.entries(unused)) {
      if (value !== null)
        yield { keys: [`mqtt.${name}`, "mqtt.url"], message: "only with an encrypted mqtt.url (mqtts:// or wss://)" };
    }
  } else if ((cert === null) !== (key === null)) {
    const [there, missing] = cert === null ? ["key", "cert"] : ["cert", "key"];
    yield { keys: [`mqtt.${there}`, `mqtt.${missing}`], message: `needs mqtt.${missing} beside it` };
  }
}

function* exposures({ http, mqtt }: Config): Generator<Conflict> {
  const openHttp = httpExposure(http);
  if (openHttp !== null) yield { keys: ["http.host", "http.token", "http.auth"], message: openHttp };
  const openBroker = mqtt.url === null ? brokerExposure(mqtt.embedded) : null;
  if (openBroker !== null) {
    yield { keys: ["mqtt.embedded.host", "mqtt.embedded.users", "mqtt.url"], message: openBroker };
  }
}

function* topics({ mqtt, ingest, snapshots, homeassistant }: Config): Generator<Conflict> {
  const base = mqtt.baseTopic;
  if (homeassistant.enabled && homeassistant.discoveryPrefix === base) {
    yield {
      keys: ["homeassistant.discovery_prefix", "mqtt.base_topic"],
      message: `must differ from mqtt.base_topic, which is "${base}" too`,
    };
  }
  for (const filter of ingest.topics) {
    const message = `"${filter}" would take in faces2mqtt's own messages under ${base}/`;
    if (takesIn(base, filter, ["snapshot/x"])) yield { keys: ["ingest.topics", "mqtt.base_topic"], message };
  }
  for (const filter of snapshots.topics) {
    const message = `"${filter}" would take in faces2mqtt's own messages under ${base}/`;
    if (takesIn(base, filter, ["embedding/x"])) yield { keys: ["snapshots.topics", "mqtt.base_topic"], message };
    if (!filter.split("/").includes("+")) {
      yield { keys: ["snapshots.topics"], message: `"${filter}" needs a + where the camera stands in the topic` };
    }
    if (ingest.topics.includes(filter)) {
      yield { keys: ["snapshots.topics", "ingest.topics"], message: `"${filter}" cannot have faces and pictures` };
    }
  }
}

function* ports({ http, mqtt }: Config): Generator<Conflict> {
  const used = new Map<number, string>();
  const listeners: [string, number | null][] = [
    ["mqtt.embedded.port", mqtt.url === null ? mqtt.embedded.port : null],
    ["http.port", http.port],
    ["http.ingress_port", http.ingressPort],
  ];
  for (const [key, port] of listeners) {
    if (port === null || port === 0) continue;
    const other = used.get(port);
    if (other !== undefined) yield { keys: [key, other], message: `${port} is taken by ${other}` };
    used.set(port, key);
  }
}

function* users({ mqtt }: Config): Generator<Conflict> {
  const names = mqtt.embedded.users.map((user) => user.username);
  for (const name of new Set(names.filter((name, at) => names.indexOf(name) !== at))) {
    yield { keys: ["mqtt.embedded.users"], message: `"${name}" stands there more than once` };
  }
}

function* models({ ingest, models }: Config): Generator<Conflict> {
  for (const name of Object.keys(models)) {
    if (BUILT_IN_MODELS.has(name)) yield { keys: ["models"], message: `"${name}" is built in: give it another name` };
  }
  const known = [...BUILT_IN_MODELS, ...Object.keys(models)];
  if (!known.includes(ingest.model)) {
    yield { keys: ["ingest.model", "models"], message: `must be one of ${known.join(", ")}, not "${ingest.model}"` };
  }
}

function* snapshots({ mqtt, snapshots }: Config): Generator<Conflict> {
  for (const [at, entry] of snapshots.pull.entries()) {
    const keys = ["snapshots.pull"] as const;
    const { url, entity, username, password, on } = entry;
    if ((url === undefined) === (entity === undefined)) yield { keys, message: `[${at}] needs either url or entity` };
    if (password !== undefined && username === undefined)
      yield { keys, message: `[${at}] needs username beside password` };
    if (entity !== undefined && username !== undefined) {
      yield { keys, message: `[${at}] needs no login for an entity: it is asked through Home Assistant` };
    }
    // An event would fetch a picture, whose faces make the next event.
    if (on !== undefined && takesIn(mqtt.baseTopic, on, ["snapshot/x", "embedding/x"])) {
      yield {
        keys,
        message: `[${at}] has "${on}", which faces2mqtt's own messages under ${mqtt.baseTopic}/ would trigger`,
      };
    }
  }
}

function* thinning({ storage, discovery }: Config): Generator<Conflict> {
  if (storage.thin === null || storage.thin <= discovery.threshold / 2) return;
  yield {
    keys: ["storage.thin", "discovery.threshold"],
    message: `must be at most half of discovery.threshold (${discovery.threshold / 2}), or faces of two people could go`,
  };
}

/** Whether the filter is for something that faces2mqtt publishes, or for one of `others`, all of them under `base`. */
function takesIn(base: string, filter: string, others: readonly string[]): boolean {
  return [...OWN_TOPICS, ...others].some((topic) => matchesFilter(filter, `${base}/${topic}`));
}
