import { matchesFilter } from "../domain/network/topic-filter.ts";

/** What `<base>/bridge/state` says while there is a connection; its last will is {@link OFFLINE}. */
export const ONLINE = JSON.stringify({ state: "online" });
export const OFFLINE = JSON.stringify({ state: "offline" });

/** Every topic under one base topic. */
export type Topics = ReturnType<typeof createTopics>;

/**
 * Every topic of faces2mqtt, under its base topic. Topics hold ids only, never the name of a person or camera.
 * @param extraFilters Ingest topics besides `<base>/embedding/+`; the first `+` is the camera.
 * @param extraPictureFilters Topics of pictures besides `<base>/snapshot/+`; the first `+` is the camera.
 */
export function createTopics(
  base: string,
  extraFilters: readonly string[] = [],
  extraPictureFilters: readonly string[] = [],
) {
  const ingestFilters = [`${base}/embedding/+`, ...extraFilters];
  const pictureFilters = [`${base}/snapshot/+`, ...extraPictureFilters];
  const requests = `${base}/bridge/request/`;
  const topics = {
    base,
    ingestFilters,
    pictureFilters,
    requestFilter: `${requests}+`,
    bridgeState: `${base}/bridge/state`,
    bridgeInfo: `${base}/bridge/info`,
    bridgeStats: `${base}/bridge/stats`,
    bridgeDiscovery: `${base}/bridge/discovery`,
    /** How many strangers there are, and the newest. */
    bridgeStrangers: `${base}/bridge/strangers`,
    bridgeRejected: `${base}/bridge/rejected`,
    event: `${base}/event`,
    request: (command: string) => `${requests}${command}`,
    response: (command: string) => `${base}/bridge/response/${command}`,
    /** Where a camera's faces come in. */
    embedding: (camera: string) => `${base}/embedding/${camera}`,
    /** Where a camera's pictures come in. */
    snapshot: (camera: string) => `${base}/snapshot/${camera}`,
    personEvent: (id: string) => `${base}/person/${id}/event`,
    personState: (id: string) => `${base}/person/${id}/state`,
    personImage: (id: string) => `${base}/person/${id}/image`,
    personPortrait: (id: string) => `${base}/person/${id}/portrait`,
    strangerImage: (id: string) => `${base}/stranger/${id}/image`,
    cameraEvent: (id: string) => `${base}/camera/${id}/event`,
    cameraState: (id: string) => `${base}/camera/${id}/state`,
    cameraImage: (id: string) => `${base}/camera/${id}/image`,
    /** The command of a request topic, or null. */
    toCommand(topic: string): string | null {
      const command = topic.startsWith(requests) ? topic.slice(requests.length) : "";
      return command === "" || command.includes("/") ? null : command;
    },
    /** The camera that an ingest topic names, null if it names none; null for every other topic. */
    toIngest: (topic: string) => findCamera(topic, ingestFilters),
    /** The same of a picture topic. */
    toPicture: (topic: string) => findCamera(topic, pictureFilters),
  } as const;
  /** Filters of the states and last faces of people and cameras, of portraits, and of all retained topics. */
  const { personState, personImage, cameraState, cameraImage } = topics;
  const stateFilters = [personState, personImage, cameraState, cameraImage].map((topic) => topic("+"));
  const portraitFilter = topics.personPortrait("+");
  const { bridgeState, bridgeInfo, bridgeStats, bridgeDiscovery, bridgeStrangers } = topics;
  const ofStrangers = [bridgeStrangers, topics.strangerImage("+")];
  const retainedFilters = [
    bridgeState,
    bridgeInfo,
    bridgeStats,
    bridgeDiscovery,
    ...ofStrangers,
    portraitFilter,
    ...stateFilters,
  ];
  return { ...topics, stateFilters, portraitFilter, retainedFilters };
}

/** The camera that a topic names, under the first of the filters that matches it; null: none does. */
function findCamera(topic: string, filters: readonly string[]): { readonly topicCamera: string | null } | null {
  const filter = filters.find((one) => matchesFilter(one, topic));
  if (filter === undefined) return null;
  return { topicCamera: topic.split("/")[filter.split("/").indexOf("+")] ?? null };
}
