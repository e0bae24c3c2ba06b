import type { Person } from "../domain/person.ts";
import { bridgeId } from "./bridge.ts";
import { attributesFrom, type Component, type Device, entity, fromJson, type SystemInfo } from "./component.ts";

/** Ids of people whose names have no Latin letters. */
const NUMBERED = /^person_\d+(_\d+)?$/;

/** The device of one person. A rename changes nothing but its name. */
export function buildPerson(system: SystemInfo, person: Person): Device {
  return {
    id: `${bridgeId(system.instance)}_person_${person.personId}`,
    name: person.name,
    model: "Person",
    via: bridgeId(system.instance),
    url: system.publicUrl && new URL(`?page=person&id=${person.personId}`, system.publicUrl).href,
    // Home Assistant writes other alphabets in Latin letters: vladislava_presence is better than person_7_presence.
    entityPrefix: NUMBERED.test(person.personId) ? null : person.personId,
    components: buildComponents(system, person.personId),
  };
}

function buildComponents({ topics }: SystemInfo, id: string): Component[] {
  const state_topic = topics.personState(id);
  return [
    entity("event", "recognized", "Recognized", {
      icon: "mdi:face-recognition",
      event_types: ["recognized"],
      state_topic: topics.personEvent(id),
    }),
    entity("binary_sensor", "presence", "Presence", {
      device_class: "occupancy",
      state_topic,
      value_template: fromJson("value_json.presence"),
      json_attributes_topic: state_topic,
      json_attributes_template: attributesFrom({ person_id: "person_id", camera: "camera", score: "score" }),
    }),
    entity("sensor", "last_seen", "Last seen", {
      device_class: "timestamp",
      state_topic,
      value_template: fromJson("value_json.last_seen", "none"),
    }),
    entity("sensor", "last_camera", "Last camera", {
      icon: "mdi:cctv",
      force_update: true,
      state_topic,
      value_template: fromJson("value_json.camera", "none"),
    }),
    entity("sensor", "last_score", "Last score", {
      icon: "mdi:percent",
      unit_of_measurement: "%",
      state_class: "measurement",
      suggested_display_precision: 0,
      entity_category: "diagnostic",
      state_topic,
      value_template: fromJson(
        "((value_json.score * 100) | round(1) if value_json.score is not none else none)",
        "none",
      ),
    }),
    entity("image", "image", "Last face", { image_topic: topics.personImage(id), content_type: "image/jpeg" }),
    entity("image", "portrait", "Portrait", { image_topic: topics.personPortrait(id), content_type: "image/jpeg" }),
    {
      key: "trigger",
      platform: "device_automation",
      name: null,
      followsAvailability: false,
      config: {
        automation_type: "trigger",
        type: "recognized",
        subtype: "any camera",
        topic: topics.personEvent(id),
        value_template: fromJson("value_json.event_type"),
        payload: "recognized",
        qos: 1,
      },
    },
  ];
}
