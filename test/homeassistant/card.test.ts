import { describe, expect, it } from "vitest";
import { type CardConfig, type Hass, type HassEntity, toCardConfig } from "../../ui/src/card/hass.ts";
import { entitiesOf, toCardView } from "../../ui/src/card/view.ts";
import { formatWhen, wordsOf } from "../../ui/src/card/words.ts";
import { LANGUAGES, loadTexts } from "../../ui/src/texts/load.ts";

const CARD: CardConfig = { type: "custom:faces2mqtt-card" };

interface MadeDevice {
  readonly model: string;
  readonly name: string;
  readonly renamed?: string;
  readonly manufacturer?: string;
  readonly url?: string;
  readonly entities: Readonly<Record<string, readonly [state: string, attributes?: object]>>;
}

function makeHass(devices: Readonly<Record<string, MadeDevice>>): Hass {
  const states: Record<string, HassEntity> = {};
  const entities: Record<string, { entity_id: string; device_id: string; platform: string }> = {};
  for (const [device_id, { entities: own }] of Object.entries(devices)) {
    for (const [entity_id, [state, attributes = {}]] of Object.entries(own)) {
      states[entity_id] = { entity_id, state, last_changed: "", attributes: attributes as Record<string, unknown> };
      entities[entity_id] = { entity_id, device_id, platform: "mqtt" };
    }
  }
  return {
    states,
    entities,
    devices: Object.fromEntries(
      Object.entries(devices).map(([id, { model, name, renamed, manufacturer = "faces2mqtt", url }]) => [
        id,
        { id, name, model, manufacturer, name_by_user: renamed ?? null, configuration_url: url ?? null },
      ]),
    ),
    callService: () => Promise.resolve(),
  };
}

const bridge: MadeDevice = {
  model: "Bridge",
  name: "faces2mqtt",
  url: "http://house:8099/",
  entities: {
    "sensor.renamed": ["2", { icon: "mdi:account-group" }],
    "sensor.people": ["3", { icon: "mdi:account-multiple" }],
    "number.threshold": ["0.55"],
  },
};
const person = (name: string, state: string, lastSeen: string, more: object = {}): MadeDevice => ({
  model: "Person",
  name,
  entities: {
    [`binary_sensor.${name}`]: [state, { device_class: "occupancy", ...more }],
    [`sensor.${name}_seen`]: [lastSeen, { device_class: "timestamp" }],
    [`image.${name}`]: [lastSeen, { entity_picture: `/api/image_proxy/image.${name}?token=t` }],
  },
});
const door = (state: string, event: object, more: object = {}): MadeDevice => ({
  model: "Camera",
  name: "Front door",
  renamed: "Porch",
  entities: {
    "sensor.door": [state, { last_seen: "2026-02-18T10:00:00.123Z", ...more }],
    "event.door": ["2026-02-18T10:00:01Z", event],
    "image.door": ["2026-02-18T10:00:01Z", { entity_picture: "/api/image_proxy/image.door?token=t" }],
  },
});

describe("what the card shows", () => {
  it("is put together from devices, whatever entities are called", () => {
    const view = toCardView(
      makeHass({ bridge, anna: person("Anna", "on", "2026-02-18T10:00:00Z", { score: 0.7 }) }),
      CARD,
    );
    expect(view).toMatchObject({ found: true, away: false, waiting: 2, threshold: 0.55, panel: "http://house:8099/" });
    expect(view.people).toMatchObject([{ name: "Anna", here: true, entity: "binary_sensor.Anna" }]);
    expect(view.people[0]?.distance).toBeCloseTo(0.3, 10);
    expect(view.people[0]?.picture).toBe("/api/image_proxy/image.Anna?token=t&state=2026-02-18T10%3A00%3A00Z");
  });

  it("shows who is here first, then who was seen last, and only those who were chosen", () => {
    const hass = makeHass({
      bridge,
      a: person("Anna", "off", "2026-02-17T10:00:00Z"),
      b: person("Berta", "off", "2026-02-18T10:00:00Z"),
      c: person("Clara", "on", "2026-02-16T10:00:00Z"),
      d: person("Dora", "off", "unknown"),
    });
    expect(toCardView(hass, CARD).people.map(({ name }) => name)).toEqual(["Clara", "Berta", "Anna", "Dora"]);
    const chosen = toCardView(hass, { ...CARD, people: ["binary_sensor.Anna"] });
    expect(chosen.people.map(({ name }) => name)).toEqual(["Anna"]);
  });

  it("calls a camera as its device is called here", () => {
    const hass = makeHass({
      bridge,
      door: door("unknown", {}),
      a: person("Anna", "on", "unknown", { camera: "front_door" }),
    });
    expect(toCardView(hass, CARD).people[0]?.camera).toBe("Porch");
  });

  it.each<[string, string, object, object]>([
    ["a person who is present", "Anna", {}, { person: "Anna", stranger: false }],
    ["no person any more", "unknown", {}, { person: null, stranger: false }],
    [
      "a stranger",
      "unknown",
      { event_type: "unknown", person: null, timestamp: "2026-02-18T10:00:00.123Z" },
      { person: null, stranger: true },
    ],
    [
      "a person who has left since",
      "unknown",
      { event_type: "recognized", person: "Anna", score: 0.75, timestamp: "2026-02-18T10:00:00.123Z" },
      { person: "Anna", stranger: false, distance: 0.25 },
    ],
    [
      "a face that came after the last event",
      "unknown",
      { event_type: "recognized", person: "Anna", timestamp: "2026-02-18T09:59:59.000Z" },
      { person: null, stranger: false },
    ],
  ])("shows a camera's last face: %s", (_what, state, event, expected) => {
    expect(toCardView(makeHass({ bridge, door: door(state, event) }), CARD).cameras).toMatchObject([expected]);
  });

  it("has neither pictures nor people of other integrations", () => {
    const other = { ...person("Zoe", "on", "unknown"), manufacturer: "another" };
    const hass = makeHass({ other });
    expect(toCardView(hass, CARD)).toMatchObject({ found: false, people: [], cameras: [] });
    expect(entitiesOf(hass)).toEqual([]);
  });

  it("lists strangers who came back, with the picture of the camera that saw them last, and where to send a name", () => {
    const stranger = {
      stranger_id: "s_7",
      number: 7,
      visits: 6,
      cameras: ["front_door", "garden"],
      first_seen: "2026-02-10T10:00:00Z",
    };
    const strangers = ["2", { strangers: [stranger, { nonsense: true }], assign_topic: "at/home/assign" }] as const;
    const hass = makeHass({
      bridge: { ...bridge, entities: { ...bridge.entities, "sensor.strangers": strangers } },
      door: door("unknown", {
        event_type: "unknown",
        person: null,
        stranger_id: "s_7",
        timestamp: "2026-02-18T10:00:00.123Z",
      }),
      a: person("Anna", "on", "unknown"),
    });
    const view = toCardView(hass, { ...CARD, people: ["binary_sensor.nobody"] });
    expect(view).toMatchObject({
      strangers: [{ id: "s_7", number: 7, visits: 6, cameras: ["Porch", "garden"] }],
      names: ["Anna"],
      assignTopic: "at/home/assign",
    });
    expect(view.strangers[0]?.picture).toContain("/api/image_proxy/image.door");
    expect(toCardView(hass, { ...CARD, base_topic: "other" }).assignTopic).toBe("other/bridge/request/assign_stranger");
    // An older daemon's sensor does not say it.
    expect(toCardView(makeHass({ bridge }), CARD)).toMatchObject({
      strangers: [],
      assignTopic: "faces2mqtt/bridge/request/assign_stranger",
    });
  });

  it("knows when faces2mqtt is away", () => {
    const away = { ...bridge, entities: { "sensor.c": ["unavailable", { icon: "mdi:account-group" }] as const } };
    expect(toCardView(makeHass({ away }), CARD)).toMatchObject({ found: true, away: true, waiting: 0 });
  });
});

describe("the card's configuration", () => {
  it.each([[null], [{ layout: "huge" }], [{ people: "binary_sensor.anna" }], [{ people: [7] }], [{ title: 7 }]])(
    "refuses %j",
    (config) => {
      expect(() => toCardConfig(config)).toThrow();
    },
  );

  it("takes everything that the form makes", () => {
    const config = { ...CARD, layout: "large", title: "Who", people: ["binary_sensor.anna"], panel: "/x" };
    expect(toCardConfig(config)).toEqual(config);
  });
});

describe("the card's words", () => {
  const now = new Date(2026, 1, 18, 18, 30);
  it.each([
    [new Date(2026, 1, 18, 18, 29, 40), "now", "jetzt"],
    [new Date(2026, 1, 18, 18, 26), "4 min ago", "vor 4 Min."],
    [new Date(2026, 1, 18, 9, 5), "09:05", "09:05"],
    [new Date(2026, 1, 17, 23, 59), "yesterday", "gestern"],
    [new Date(2026, 1, 15, 12), "Sunday", "Sonntag"],
    [new Date(2026, 1, 3, 12), "3 Feb", "3. Feb."],
  ])("say %s as the panel does", (time, english, german) => {
    expect(formatWhen(time, now, "en-GB")).toBe(english);
    expect(formatWhen(time, now, "de")).toBe(german);
  });

  it("count groups, and are English where a language is missing", () => {
    expect([0, 1, 7].map((n) => wordsOf("xx").card.waiting({ n }))).toEqual([
      "No group waits for a name",
      "1 group waits for a name",
      "7 groups wait for a name",
    ]);
    expect(wordsOf("de-AT").card.waiting({ n: 1 })).toBe("1 Gruppe wartet auf einen Namen");
  });

  it("are the panel's in every language", async () => {
    for (const language of LANGUAGES) {
      const { activity } = await loadTexts(language);
      const words = wordsOf(language).activity;
      expect(words.name).toBe(activity.name);
      expect(words.row.stranger).toBe(activity.row.stranger);
      expect(words.row.strangerNo({ n: 7 })).toBe(activity.row.strangerNo({ n: 7 }));
    }
  });
});
