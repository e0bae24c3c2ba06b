/** The part of Home Assistant's `hass` object that the card reads. */
export interface HassEntity {
  readonly entity_id: string;
  readonly state: string;
  readonly last_changed: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** An entity registry entry, as the frontend has it. */
export interface HassEntry {
  readonly entity_id: string;
  readonly device_id?: string | null;
  readonly platform?: string;
}

export interface HassDevice {
  readonly id: string;
  readonly name: string | null;
  readonly name_by_user?: string | null;
  readonly manufacturer?: string | null;
  readonly model?: string | null;
  readonly configuration_url?: string | null;
}

export interface Hass {
  readonly states: Readonly<Record<string, HassEntity | undefined>>;
  readonly entities: Readonly<Record<string, HassEntry>>;
  readonly devices: Readonly<Record<string, HassDevice>>;
  readonly language?: string;
  readonly locale?: { readonly language?: string };
  hassUrl?(path: string): string;
  readonly user?: { readonly is_admin?: boolean };
  readonly connection?: {
    subscribeMessage<T>(listener: (message: T) => void, message: object): Promise<() => void>;
  };
  callService(domain: string, service: string, data: object): Promise<unknown>;
}

/** The card's configuration in a dashboard. */
export interface CardConfig {
  readonly type: string;
  readonly title?: string;
  /** small: one line; medium: who was where; large: also the last faces of every camera. */
  readonly layout?: "small" | "medium" | "large";
  /** Presence entities of the people to show; empty: all. */
  readonly people?: readonly string[];
  /** Address of the panel; empty: the bridge device's own. */
  readonly panel?: string;
  /** The daemon's base topic, for naming strangers; empty: what its device says. */
  readonly base_topic?: string;
}

const LAYOUTS = ["small", "medium", "large"] as const;

/**
 * Validates the configuration.
 * @throws {Error} saying what is wrong; Home Assistant shows it instead of the card.
 */
export function toCardConfig(config: unknown): CardConfig {
  if (typeof config !== "object" || config === null) throw new Error("The configuration of the card is empty.");
  const card = config as CardConfig;
  if (card.layout !== undefined && !LAYOUTS.includes(card.layout)) {
    throw new Error(`layout is ${LAYOUTS.join(", ")}, not ${String(card.layout)}`);
  }
  if (card.people !== undefined && !(Array.isArray(card.people) && card.people.every((id) => typeof id === "string"))) {
    throw new Error("people is a list of presence entities");
  }
  for (const key of ["title", "panel", "base_topic"] as const) {
    if (card[key] !== undefined && typeof card[key] !== "string") throw new Error(`${key} is text`);
  }
  return card;
}
