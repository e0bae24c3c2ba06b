import type { Hass } from "./hass.ts";
import type { CardStranger, CardView } from "./view.ts";
import type { CardWords } from "./words.ts";

/** How far naming a stranger has come; `error` says why it was not done. */
export type NamingState =
  | { readonly kind: "none" }
  | { readonly kind: "asking"; readonly stranger: CardStranger; readonly name: string; readonly error: string | null }
  | { readonly kind: "sent"; readonly stranger: CardStranger; readonly name: string }
  | { readonly kind: "done"; readonly stranger: CardStranger; readonly name: string };

/** Naming one stranger at a time: asked over MQTT, the result read from Home Assistant's states. */
export interface Naming {
  readonly state: NamingState;
  ask(stranger: CardStranger): void;
  cancel(): void;
  send(name: string): Promise<void>;
  /** Looks whether what was asked for shows in the states by now. */
  look(view: CardView): void;
  stop(): void;
}

interface NamingDeps {
  hass(): Hass;
  view(): CardView;
  words(): CardWords;
  changed(): void;
  readonly timeoutMs?: number;
  readonly shownMs?: number;
}

const TIMEOUT_MS = 15_000;
const SHOWN_MS = 8_000;
const LONGEST_NAME = 64;

export function createNaming(deps: NamingDeps): Naming {
  const { hass, view, words, changed, timeoutMs = TIMEOUT_MS, shownMs = SHOWN_MS } = deps;
  let state: NamingState = { kind: "none" };
  let transaction = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unsubscribe: (() => void) | null = null;

  function set(next: NamingState): void {
    state = next;
    changed();
  }

  const isAbout = ({ id }: CardStranger): boolean =>
    (state.kind === "asking" || state.kind === "sent") && state.stranger.id === id;

  function end(): void {
    clearTimeout(timer);
    unsubscribe?.();
    unsubscribe = null;
  }

  function fail(error: string): void {
    if (state.kind !== "sent") return;
    const { stranger, name } = state;
    clearTimeout(timer);
    set({ kind: "asking", stranger, name, error });
  }

  function look({ strangers, names }: CardView): void {
    if (state.kind !== "sent" || !isGone(state.stranger, strangers) || !isKnown(state.name, names)) return;
    const { stranger, name } = state;
    end();
    set({ kind: "done", stranger, name });
    timer = setTimeout(() => set({ kind: "none" }), shownMs);
  }

  function late(): void {
    if (state.kind !== "sent") return;
    const { stranger } = state;
    fail(isGone(stranger, view().strangers) ? explain(GONE, stranger) : words().card.noAnswer);
  }

  function explain({ code, reason }: Refusal, { number }: CardStranger): string {
    const { card, activity } = words();
    if (code === GONE.code) return card.gone({ who: activity.row.strangerNo({ n: number }) });
    return code === "INVALID_NAME" ? card.badName : card.refused({ reason });
  }

  /**
   * Why the daemon refuses a name is in no state. Administrators may listen to its answer, and are given the reason. Home
   * Assistant needs a moment until it hears a topic: so this begins when the field opens.
   */
  async function listen(stranger: CardStranger): Promise<void> {
    const { connection, user } = hass();
    if (!connection || !user?.is_admin) return;
    try {
      const stop = await connection.subscribeMessage<{ payload?: unknown }>(
        ({ payload }) => {
          const refusal = toRefusal(payload, transaction);
          if (refusal) fail(explain(refusal, stranger));
        },
        { type: "mqtt/subscribe", topic: view().assignTopic.replace("/request/", "/response/") },
      );
      if (isAbout(stranger) && unsubscribe === null) unsubscribe = stop;
      else stop();
    } catch {
      // The states say whether it was done.
    }
  }

  return {
    get state() {
      return state;
    },
    ask(stranger) {
      end();
      set({ kind: "asking", stranger, name: "", error: null });
      void listen(stranger);
    },
    cancel() {
      end();
      set({ kind: "none" });
    },
    async send(typed) {
      if (state.kind !== "asking") return;
      const { stranger } = state;
      const name = typed.trim();
      if (name === "" || [...name].length > LONGEST_NAME || /[\n\r]/.test(name)) {
        set({ kind: "asking", stranger, name: typed, error: words().card.badName });
        return;
      }
      set({ kind: "sent", stranger, name });
      timer = setTimeout(late, timeoutMs);
      transaction = `card-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
      try {
        await hass().callService("mqtt", "publish", {
          topic: view().assignTopic,
          payload: JSON.stringify({ stranger: stranger.id, name, transaction }),
          qos: 1,
        });
      } catch (error) {
        fail(words().card.refused({ reason: toReason(error) }));
      }
    },
    look,
    stop: end,
  };
}

const isGone = (stranger: CardStranger, strangers: readonly CardStranger[]): boolean =>
  !strangers.some(({ id }) => id === stranger.id);

/** Names are one person's if they differ only in case. */
const isKnown = (name: string, names: readonly string[]): boolean =>
  names.some((one) => one.normalize("NFC").toLowerCase() === name.normalize("NFC").toLowerCase());

interface Refusal {
  readonly code: string;
  readonly reason: string;
}

const GONE: Refusal = { code: "STRANGER_NOT_FOUND", reason: "" };

/** Why the daemon refuses this request; null: it is another answer. */
function toRefusal(payload: unknown, transaction: string): Refusal | null {
  try {
    const answer: unknown = typeof payload === "string" ? JSON.parse(payload) : payload;
    if (typeof answer !== "object" || answer === null) return null;
    const { status, transaction: of, error, code } = answer as Readonly<Record<string, unknown>>;
    return status === "error" && of === transaction ? { code: String(code), reason: String(error) } : null;
  } catch {
    return null;
  }
}

/** What Home Assistant rejects with has a message, be it an error or not. */
function toReason(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  return String(error);
}
