import { matchesFilter } from "../domain/topic-filter.ts";

/** What `<base>/bridge/state` says while there is a connection; its last will is {@link OFFLINE}. */
export const ONLINE = JSON.stringify({ state: "online" });
export const OFFLINE = JSON.stringify({ state: "offline" });

/** Every topic of faces2mqtt, under its base topic. Topics hold ids only, never the name of a person or camera. */
export interface Topics {
  readonly base: string;
  /** Filters that faces come in on: `<base>/embedding/+` and the configured ones. */
  readonly ingestFilters: readonly string[];
  readonly requestFilter: string;
  readonly bridgeState: string;
  readonly bridgeInfo: string;
  readonly bridgeStats: string;
  readonly bridgeDiscovery: string;
  readonly bridgeRejected: string;
  readonly event: string;
  response(command: string): string;
  /** Where a camera's faces come in. */
  embedding(camera: string): string;
  personEvent(personId: string): string;
  personState(personId: string): string;
  personImage(personId: string): string;
  cameraEvent(cameraId: string): string;
  cameraState(cameraId: string): string;
  cameraImage(cameraId: string): string;
  /** Filters of all retained topics. */
  readonly retainedFilters: readonly string[];
  /** The command of a request topic, or null. */
  toCommand(topic: string): string | null;
  /** The camera that an ingest topic names, null where it names none; null for every other topic. */
  toIngest(topic: string): { readonly topicCamera: string | null } | null;
}

const STATES = ["person/+/state", "person/+/image", "camera/+/state", "camera/+/image"];

/** @param extraFilters Filters besides `<base>/embedding/+`; the first `+` stands for the camera. */
export function createTopics(base: string, extraFilters: readonly string[] = []): Topics {
  const ingestFilters = [`${base}/embedding/+`, ...extraFilters];
  const requests = `${base}/bridge/request/`;
  const retained = ["bridge/state", "bridge/info", "bridge/stats", "bridge/discovery", ...STATES];
  return {
    base,
    ingestFilters,
    requestFilter: `${requests}+`,
    retainedFilters: retained.map((topic) => `${base}/${topic}`),
    bridgeState: `${base}/bridge/state`,
    bridgeInfo: `${base}/bridge/info`,
    bridgeStats: `${base}/bridge/stats`,
    bridgeDiscovery: `${base}/bridge/discovery`,
    bridgeRejected: `${base}/bridge/rejected`,
    event: `${base}/event`,
    embedding: (camera) => `${base}/embedding/${camera}`,
    response: (command) => `${base}/bridge/response/${command}`,
    personEvent: (id) => `${base}/person/${id}/event`,
    personState: (id) => `${base}/person/${id}/state`,
    personImage: (id) => `${base}/person/${id}/image`,
    cameraEvent: (id) => `${base}/camera/${id}/event`,
    cameraState: (id) => `${base}/camera/${id}/state`,
    cameraImage: (id) => `${base}/camera/${id}/image`,
    toCommand(topic) {
      const command = topic.startsWith(requests) ? topic.slice(requests.length) : "";
      return command === "" || command.includes("/") ? null : command;
    },
    toIngest(topic) {
      const filter = ingestFilters.find((one) => matchesFilter(one, topic));
      if (filter === undefined) return null;
      const level = filter.split("/").indexOf("+");
      return { topicCamera: topic.split("/")[level] ?? null };
    },
  };
}
