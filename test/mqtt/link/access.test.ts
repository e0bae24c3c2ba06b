import { describe, expect, it } from "vitest";
import { ACCESS, type Identity, type Role } from "../../../src/mqtt/link/access.ts";
import { createTopics } from "../../../src/mqtt/topics.ts";
import { COMMANDS, HOME_ROLE_COMMANDS } from "../../../src/operations/table.ts";

const rules = {
  topics: createTopics("faces2mqtt", ["cams/+/faces"], ["cams/+/jpeg"]),
  discoveryPrefix: "homeassistant",
  statusTopic: "homeassistant/status",
  homeCommands: HOME_ROLE_COMMANDS,
};

/** The decision on what a home may ask; a command with another policy in the table fails here. */
const HOME = [
  "discover",
  "cancel",
  "clusters",
  "people",
  "assign",
  "settings",
  "announce",
  "strangers",
  "assign_stranger",
  "visits",
  "correct",
  "reject",
];
const users: Record<Role, Identity> = {
  camera: { username: "door", role: "camera" },
  home: { username: "ha", role: "home" },
  admin: { username: "me", role: "admin" },
};

describe("who may publish what", () => {
  const all = ["camera", "home", "admin"] as const;
  it.each<[string, boolean, readonly Role[]]>([
    ["faces2mqtt/embedding/door", false, ["camera", "admin"]],
    ["faces2mqtt/embedding/garden", false, ["admin"]],
    ["faces2mqtt/embedding/door/x", false, ["admin"]],
    ["faces2mqtt/snapshot/door", false, ["camera", "admin"]],
    ["faces2mqtt/snapshot/garden", false, ["admin"]],
    ["cams/door/faces", false, ["admin"]],
    ...[...COMMANDS.keys(), "x"].map((command): [string, boolean, readonly Role[]] => [
      `faces2mqtt/bridge/request/${command}`,
      false,
      HOME.includes(command) ? ["home", "admin"] : ["admin"],
    ]),
    ["faces2mqtt/bridge/state", false, ["admin"]],
    ["faces2mqtt/person/anna/event", false, ["admin"]],
    ["faces2mqtt/event", false, ["admin"]],
    ["homeassistant/status", false, ["home", "admin"]],
    ["homeassistant/device/faces2mqtt_7f3a/config", true, ["home", "admin"]],
    ["homeassistant/sensor/faces2mqtt_7f3a/people/config", true, ["home", "admin"]],
    ["homeassistant/device/faces2mqtt_7f3a/config", false, ["admin"]],
    ["homeassistant/device/zigbee2mqtt_1/config", true, ["admin"]],
    ["anything/else", false, ["admin"]],
    ["$SYS/broker/x", false, []],
  ])("%s (empty: %s) %j", (topic, empty, allowed) => {
    expect(all.filter((role) => ACCESS[role].publish(users[role], { topic, empty }, rules))).toEqual(allowed);
  });
});

describe("who gets what", () => {
  it("keeps embeddings and pictures to admins, and everything from cameras", () => {
    const pictures = ["faces2mqtt/snapshot/door", "cams/garden/jpeg"];
    for (const topic of ["faces2mqtt/embedding/door", "cams/garden/faces", ...pictures]) {
      expect([ACCESS.camera, ACCESS.home, ACCESS.admin].map((one) => one.receive(topic, rules))).toEqual([
        false,
        false,
        true,
      ]);
    }
    const pictureOf = (what: string) => `faces2mqtt/person/anna/${what}`;
    const shown = [pictureOf("image"), pictureOf("portrait")];
    for (const topic of ["faces2mqtt/event", "homeassistant/device/x/config", ...shown]) {
      expect([ACCESS.camera, ACCESS.home, ACCESS.admin].map((one) => one.receive(topic, rules))).toEqual([
        false,
        true,
        true,
      ]);
    }
    expect([ACCESS.camera, ACCESS.home, ACCESS.admin].map((one) => one.subscribe)).toEqual([false, true, true]);
  });
});

describe("topics", () => {
  it("name a camera and a command", () => {
    expect(rules.topics.toIngest("faces2mqtt/embedding/door")).toEqual({ topicCamera: "door" });
    expect(rules.topics.toIngest("cams/garden/faces")).toEqual({ topicCamera: "garden" });
    expect(rules.topics.toIngest("cams/garden")).toBeNull();
    expect(createTopics("faces2mqtt", ["faces"]).toIngest("faces")).toEqual({ topicCamera: null });
    expect(rules.topics.toPicture("faces2mqtt/snapshot/door")).toEqual({ topicCamera: "door" });
    expect(rules.topics.toPicture("cams/garden/jpeg")).toEqual({ topicCamera: "garden" });
    expect(rules.topics.toPicture("faces2mqtt/embedding/door")).toBeNull();
    expect(rules.topics.toCommand("faces2mqtt/bridge/request/discover")).toBe("discover");
    expect(rules.topics.toCommand("faces2mqtt/bridge/request/a/b")).toBeNull();
    expect(rules.topics.toCommand("faces2mqtt/bridge/request/")).toBeNull();
  });
});
