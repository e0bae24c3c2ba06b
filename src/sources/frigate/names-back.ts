import type { RecognitionEvent } from "../../domain/recognition.ts";
import { FetchFailed } from "../fetch/fetch-failed.ts";
import type { FrigateApi } from "./frigate-api.ts";
import { type PersonMessage, toFields, toSubLabel } from "./messages.ts";

/** So many events of Frigate are remembered as named by us. */
const MOST_NAMED = 2_000;

export interface NamesBackDeps {
  readonly api: Pick<FrigateApi, "json" | "post">;
  /** Someone whom Frigate tracks, or did a short while ago; null: not Frigate's. */
  readonly find: (id: string) => PersonMessage | null;
  /** A sentence when a name could not be written back; null when one could. */
  readonly report: (sentence: string | null) => void;
}

/** Recognized names as sub-labels in Frigate. */
export interface NamesBack {
  /** Never rejects. */
  onRecognition(event: RecognitionEvent): Promise<void>;
  /** The sub-label that we gave a person of Frigate's; null: none. */
  given(id: string): string | null;
}

/**
 * Names are never written over others. Frigate does not say whether a sub-label was set by hand, by its own face recognition
 * or by another program, so that only one that we wrote ourselves is replaced. What is from the past is not written: its
 * event may be long over.
 */
export function createNamesBack({ api, find, report }: NamesBackDeps): NamesBack {
  const named = new Map<string, string>();
  /** One at a time, so that two names for one event are not both written. */
  let last: Promise<void> = Promise.resolve();

  /** As Frigate has it now. An event that is new may not be in its database yet. */
  async function readSubLabel(id: string): Promise<string | null> {
    try {
      return toSubLabel(toFields(await api.json(`api/events/${encodeURIComponent(id)}`)).sub_label);
    } catch (error) {
      if (error instanceof FetchFailed && error.status === 404) return find(id)?.subLabel ?? null;
      throw error;
    }
  }

  async function write(id: string, { person, score }: NonNullable<RecognitionEvent["who"]>): Promise<void> {
    const ours = named.get(id) ?? null;
    if (ours === person) return;
    const theirs = await readSubLabel(id);
    if (theirs !== null && theirs !== ours) return;
    // Frigate takes scores above 0, up to 1.
    const body = { subLabel: person, ...(score > 0 ? { subLabelScore: Math.min(1, score) } : {}) };
    // Before it is written: Frigate may publish it sooner than it answers.
    remember(id, person);
    try {
      await api.post(`api/events/${encodeURIComponent(id)}/sub_label`, body);
    } catch (error) {
      if (ours === null) named.delete(id);
      else named.set(id, ours);
      throw error;
    }
  }

  function remember(id: string, person: string): void {
    named.set(id, person);
    const oldest = named.keys().next();
    if (named.size > MOST_NAMED && oldest.value !== undefined) named.delete(oldest.value);
  }

  return {
    onRecognition({ who, sourceEventId, delayed }) {
      if (who === null || delayed || sourceEventId === null || find(sourceEventId) === null) return Promise.resolve();
      last = last.then(async () => {
        try {
          await write(sourceEventId, who);
          report(null);
        } catch (error) {
          if (error instanceof FetchFailed && error.kind === "stopped") return;
          report(`${who.person} could not be written to Frigate as sub-label: ${(error as Error).message}`);
        }
      });
      return last;
    },
    given: (id) => named.get(id) ?? null,
  };
}
