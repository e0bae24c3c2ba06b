import type { Topics } from "../topics.ts";

/** Roles of the embedded broker's users. */
export type Role = "camera" | "home" | "admin";

export interface Identity {
  readonly username: string | null;
  readonly role: Role;
}

export interface AccessRules {
  readonly topics: Topics;
  readonly discoveryPrefix: string;
  readonly statusTopic: string;
  /** Commands that `home` may request; `admin` may request all. */
  readonly homeCommands: ReadonlySet<string>;
}

/** The parts of a message that decide whether it may be published. */
export interface Attempt {
  readonly topic: string;
  readonly empty: boolean;
}

interface Permissions {
  publish(who: Identity, attempt: Attempt, rules: AccessRules): boolean;
  subscribe: boolean;
  /** Whether messages on this topic are delivered to it. */
  receive(topic: string, rules: AccessRules): boolean;
}

/** What each role may do, defined only here. */
export const ACCESS: { readonly [R in Role]: Permissions } = {
  camera: {
    publish: ({ username }, { topic }, { topics }) =>
      username !== null && [topics.embedding(username), topics.snapshot(username)].includes(topic),
    subscribe: false,
    receive: () => false,
  },
  home: {
    publish(_who, { topic, empty }, { topics, discoveryPrefix, statusTopic, homeCommands }) {
      const command = topics.toCommand(topic);
      if (command !== null) return homeCommands.has(command);
      if (topic === statusTopic) return true;
      return empty && isOwnConfigTopic(topic, discoveryPrefix);
    },
    subscribe: true,
    receive: (topic, { topics }) => topics.toIngest(topic) === null && topics.toPicture(topic) === null,
  },
  admin: {
    // What starts with $ is the broker's own.
    publish: (_who, { topic }) => !topic.startsWith("$"),
    subscribe: true,
    receive: () => true,
  },
};

/** `<prefix>/device/faces2mqtt_…/config` or `<prefix>/<component>/faces2mqtt_…/<object>/config`. */
function isOwnConfigTopic(topic: string, prefix: string): boolean {
  if (!topic.startsWith(`${prefix}/`) || !topic.endsWith("/config")) return false;
  return (
    topic
      .slice(prefix.length + 1)
      .split("/")[1]
      ?.startsWith("faces2mqtt_") ?? false
  );
}
