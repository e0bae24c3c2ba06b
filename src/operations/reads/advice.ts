import type { Clock } from "../../domain/clock.ts";
import type { Face } from "../../domain/face.ts";
import { DLIB } from "../../domain/model.ts";
import type { Person } from "../../domain/person.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Advice, AdviceAction, AdviceKind } from "../../domain/study/advice.ts";
import type { OwnFigures, ProfileFigures } from "../../domain/study/own-figures.ts";
import type { People } from "../../flow/people.ts";
import { createYielder } from "../../flow/yielder.ts";
import { nearestOther } from "../../recognize/advice/alike.ts";
import { ownerOfFace, ownerOfLook } from "../../recognize/advice/misplaced.ts";
import type { Spread } from "../../recognize/fit.ts";
import { buildGallery, type Fit, type Gallery, type GalleryPerson } from "../../recognize/gallery.ts";
import { isSure } from "../../recognize/suggest.ts";
import { adviseOnVisits, type RecognizedStore } from "./advice-on-visits.ts";
import { createKept } from "./kept.ts";
import { collectPeopleFaces, mainModel, type OwnFace, type PeopleFacesStore } from "./people/people-faces.ts";
import type { StoreReads } from "./store.ts";
import { toAdvice } from "./to-advice.ts";

/** What arrives meanwhile changes it, too: it is made again after so long. */
const KEPT_MS = 10 * 60_000;

export interface AdviceDeps {
  readonly store: PeopleFacesStore & RecognizedStore & Pick<StoreReads, "gallery">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
  readonly readOwnFigures: () => Promise<OwnFigures>;
  readonly clock: Clock;
}

/** What would make recognition better, the most urgent first. */
export type ReadAdvice = () => Promise<readonly Advice[]>;

/** A named person with their faces. */
interface Known {
  readonly person: GalleryPerson;
  readonly faces: readonly OwnFace[];
}

/** It is made once for the people there are and the settings in force, yielding; those who ask meanwhile share it. */
export function createReadAdvice({ store, people, settings, readOwnFigures, clock }: AdviceDeps): ReadAdvice {
  async function advise(inForce: Settings): Promise<readonly Advice[]> {
    const threshold = inForce["recognition.threshold"];
    const contents = await store.gallery();
    const model = mainModel(contents);
    const gallery = people.gallery(model);
    const known = (await collectPeopleFaces(store, contents, model)).flatMap(({ person, faces }) =>
      person ? [{ person, faces }] : [],
    );
    const misplaced = await findMisplaced(known, gallery, threshold);
    const alike = await findAlike(withoutLooks(known, misplaced.looks), gallery.spread, threshold, inForce);
    const pause = createYielder();
    const visits: Advice[] = [];
    for (const one of known) {
      visits.push(...(await adviseOnVisits(store, one.person, gallery, threshold)));
      await pause();
    }
    const profile = adviseProfile(await readOwnFigures(), inForce);
    return [...misplaced.advice, ...alike, ...profile, ...visits];
  }

  const basis = () => [people.gallery(DLIB), ...Object.entries(settings()).flat()];
  return createKept(basis, () => advise(settings()), { clock, afterMs: KEPT_MS });
}

/** Looks and faces that are another person's. */
async function findMisplaced(known: readonly Known[], gallery: Gallery, threshold: number) {
  const advice: Advice[] = [];
  const looks = new Map<string, Set<number>>();
  const pause = createYielder();
  for (const { person, faces } of known) {
    const own = new Set<number>();
    looks.set(person.personId, own);
    for (const index of person.encodings.keys()) {
      const owner = ownerOfLook(person, index, gallery, threshold);
      await pause();
      if (!owner) continue;
      own.add(index);
      const behind = faces.filter((face) => face.look === index).map(({ face }) => face);
      if (behind.length > 0) advice.push(toMisplaced("misplaced_look", person, owner, behind));
    }
    const byOwner = new Map<string, { readonly owner: Person; readonly faces: Face[] }>();
    for (const one of faces) {
      if (one.look !== null && own.has(one.look)) continue;
      const owner = ownerOfFace(person, one, gallery, threshold);
      await pause();
      if (!owner) continue;
      const found = byOwner.get(owner.personId) ?? { owner, faces: [] };
      byOwner.set(owner.personId, found);
      found.faces.push(one.face);
    }
    for (const { owner, faces: behind } of byOwner.values()) {
      advice.push(toMisplaced("misplaced_faces", person, owner, behind));
    }
  }
  return { advice, looks };
}

function toMisplaced(kind: AdviceKind, person: Person, owner: Person, faces: readonly Face[]): Advice {
  const count = faces.length === 1 ? "1 face" : `${faces.length} faces`;
  const what =
    kind === "misplaced_look"
      ? `A look of ${person.name}, made of ${count}, is nearer to ${owner.name} than to ${person.name}'s other looks.`
      : `${count} of ${person.name} ${faces.length === 1 ? "fits" : "fit"} ${owner.name} better.`;
  return toAdvice(kind, [person, owner], what, faces, {
    label: `Take ${faces.length === 1 ? "it" : "them"} out of ${person.name}`,
    method: "POST",
    path: "api/faces/unassign",
    body: { faces: faces.map((face) => face.id) },
  });
}

/** People without the looks that are another's: those make them alike to whom they show. */
function withoutLooks(known: readonly Known[], looks: ReadonlyMap<string, ReadonlySet<number>>): Known[] {
  return known.map(({ person, faces }) => {
    const encodings = person.encodings.filter((_, index) => !looks.get(person.personId)?.has(index));
    return { person: { ...person, encodings }, faces };
  });
}

/** The pairs of people who lie closest, each once. */
async function findAlike(
  known: readonly Known[],
  spread: Spread,
  threshold: number,
  inForce: Settings,
): Promise<Advice[]> {
  const gallery = buildGallery(
    known.map(({ person }) => person),
    [],
    spread,
  );
  const pause = createYielder();
  const pairs = new Map<string, { readonly one: Known; readonly fit: Fit }>();
  for (const one of known) {
    const fit = nearestOther(one.person, gallery);
    await pause();
    if (!fit || fit.asSingle >= threshold) continue;
    const key = [one.person.personId, fit.person.personId].sort().join(" ");
    const before = pairs.get(key);
    if (!before || fit.asSingle < before.fit.asSingle) pairs.set(key, { one, fit });
  }
  return [...pairs.values()]
    .sort((a, b) => a.fit.asSingle - b.fit.asSingle)
    .flatMap(({ one, fit }) => toAlike(one, fit, threshold, inForce));
}

function toAlike({ person, faces }: Known, fit: Fit, threshold: number, inForce: Settings): Advice[] {
  const pictures = faces.map(({ face }) => face);
  const names = `${person.name} and ${fit.person.name}`;
  if (isSure(fit, null, threshold)) {
    return [
      toAdvice("same_person", [person, fit.person], `${names} look alike enough to be one person.`, pictures, {
        label: `Merge ${person.name} into ${fit.person.name}`,
        method: "POST",
        path: "api/faces/registry/merge",
        body: { from: [person.personId], to: fit.person.personId },
      }),
    ];
  }
  if (inForce["recognition.profile"] === "careful") return [];
  const reason = `${names} look so much alike that a single face may be taken for the other.`;
  return [toAdvice("alike", [person, fit.person], reason, pictures, CAREFUL)];
}

const CAREFUL: AdviceAction = {
  label: "Decide by visits",
  method: "PATCH",
  path: "api/settings",
  body: { "recognition.profile": "careful" },
};

function adviseProfile({ recommended }: OwnFigures, inForce: Settings): Advice[] {
  if (recommended?.profile !== "careful" || inForce["recognition.profile"] === "careful") return [];
  const { classic, careful } = recommended;
  const reason =
    `${inWords(classic)} looks at strangers would get a name; ` +
    `visits of ${careful.faces} faces, decided carefully: ${inWords(careful)}.`;
  return [toAdvice("profile", [], reason, [], CAREFUL)];
}

/** "12 of 100" */
function inWords({ strangers }: ProfileFigures): string {
  return `${strangers.count} of ${strangers.tried}`;
}
