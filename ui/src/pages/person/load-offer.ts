import type { ClaimAnswer, PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { Advice } from "../../api/people.ts";
import type { App } from "../../app.ts";
import { createKept } from "../../state/kept.ts";

/** What is worth doing about a person, the first of it: earlier photos to add, or an advice. */
export type Offer =
  | { readonly kind: "claim"; readonly id: string; readonly faces: ClaimAnswer["faces"] }
  | { readonly kind: "advice"; readonly id: string; readonly advice: Advice };

const MOST_REFUSED = 200;
const refused = createKept<readonly string[]>("offers.refused", () => localStorage);

/** Remembers that an offer was answered with no: it is not made again in this browser. */
export function refuseOffer(offer: Offer): void {
  refused.set([offer.id, ...(refused.get() ?? [])].slice(0, MOST_REFUSED));
}

/** @throws `RequestFailed` */
export async function loadOffer(app: App, person: PersonJson): Promise<Offer | null> {
  const { person_id: id } = person;
  const [answer, { advice }] = await Promise.all([app.registry.claim(id, true), app.registry.advice()]);
  const offers: Offer[] = [];
  // Those that were recognized are among the photos already. More photos are another question.
  const faces = answer.faces.filter((face) => face.matched?.person_id !== id);
  if (faces.length > 0) offers.push({ kind: "claim", id: `claim-${id}-${faces.length}`, faces });
  for (const one of advice) {
    const isSaid = one.kind !== "alike" && one.kind !== "profile";
    if (isSaid && one.people[0]?.person_id === id) offers.push({ kind: "advice", id: one.id, advice: one });
  }
  const no = new Set(refused.get());
  return offers.find((offer) => !no.has(offer.id)) ?? null;
}
