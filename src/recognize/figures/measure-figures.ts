import type { CountedEncoding } from "../../domain/person.ts";
import { RECOGNITION_PROFILES, type RecognitionProfile } from "../../domain/settings.ts";
import { histogram } from "../../domain/study/histogram.ts";
import type { OwnFigures, ProfileFigures } from "../../domain/study/own-figures.ts";
import { meanOfLook, withoutEncodings } from "../../domain/vectors/mean.ts";
import { type Decision, decide, decideVisit, toVisitMean, type VisitMean } from "../decide.ts";
import type { Spread } from "../fit.ts";
import { buildGallery, type Gallery, type GalleryPerson, type IgnoredGroup } from "../gallery.ts";
import { joinGalleries, rememberNear, withoutIgnored, withoutPerson } from "./gallery-views.ts";
import { recommend } from "./recommend.ts";

/** Faces that are looked at together. */
const SIZES = [1, 2, 3] as const;
/** Most faces of one person that are tried. */
const MOST_EACH = 60;

/** A face of a named or ignored person. */
export interface TriedFace {
  readonly encoding: Float32Array;
  /** Of the look that it is a part of, the index among its person's; null: of none. */
  readonly look: number | null;
  /** Faces of one visit are looked at together; null: not known. */
  readonly visit: string | null;
}

/** A person who is tried against the others. */
export interface TriedPerson {
  /** null: a group that is ignored. */
  readonly person: GalleryPerson | null;
  readonly faces: readonly TriedFace[];
}

export interface FiguresInput {
  readonly model: string;
  /** All of that model. */
  readonly people: readonly TriedPerson[];
  readonly ignored: readonly IgnoredGroup[];
  /** Of the model's encodings. */
  readonly spread: Spread;
  /** As for two single faces. */
  readonly threshold: number;
  readonly margins: Readonly<Record<RecognitionProfile, number>>;
  readonly minFaces: number;
}

/** Faces that are looked at together, as both profiles compare them. */
interface Seen extends VisitMean {
  readonly encodings: readonly Float32Array[];
}

type Rules = Pick<FiguresInput, "threshold" | "margins">;

/**
 * Tries everybody against the others, for each profile and for single faces and visits of two and three. As a stranger:
 * all others are enrolled, that person is not. As a known person: the looks are those that these very faces have no part in
 * (what their mean would be without them), so that no face is recognized by itself. Of each person 60 faces at most are
 * tried. A person with one look of one face can be tried only as a stranger. O(tries × encodings).
 */
export function measureFigures(input: FiguresInput): OwnFigures {
  const named = input.people.flatMap(({ person }) => person ?? []);
  const gallery = buildGallery(named, input.ignored, input.spread);
  const figures = createTallies();
  const distances = { known: [] as number[], strangers: [] as number[] };

  for (const { person, faces } of input.people) {
    const without = rememberNear(person ? withoutPerson(gallery, person.personId) : withoutIgnored(gallery));
    const hasOthers = named.length > (person ? 1 : 0);
    for (const size of SIZES) {
      for (const visit of visitsOf(faces, size)) {
        const seen = toSeen(visit, input.model);
        if (hasOthers) {
          figures.add("strangers", seen, without, input, null);
          if (size === 1) distances.strangers.push(...nearestDistance(seen, without));
        }
        const left = person && buildGallery([{ ...person, encodings: looksWithout(person, visit) }], [], input.spread);
        if (!left || left.encodings === 0) continue;
        figures.add("known", seen, joinGalleries(without, left), input, person.personId);
        if (size === 1) distances.known.push(...nearestDistance(seen, left));
      }
    }
  }
  const profiles = figures.profiles();
  return {
    model: input.model,
    people: input.people.filter(({ faces }) => faces.length > 0).length,
    profiles,
    known: histogram(distances.known),
    strangers: histogram(distances.strangers),
    recommended: recommend(profiles, input.minFaces),
  };
}

/** A person's looks as they would be without some of the faces; those that nothing would be left of are missing. */
export function looksWithout({ encodings }: GalleryPerson, faces: readonly TriedFace[]): CountedEncoding[] {
  return encodings.flatMap((look, index) => {
    const gone = faces.filter((face) => face.look === index);
    if (gone.length === 0) return [look];
    const out = gone.map((face) => face.encoding);
    const left = withoutEncodings(meanOfLook(look), out, look.model);
    return left ? [{ ...look, encoding: left.mean, count: left.count }] : [];
  });
}

/** Faces that are looked at together: neighbours of one visit, or of faces whose visits are not known. */
function visitsOf(faces: readonly TriedFace[], size: number): TriedFace[][] {
  const byVisit = new Map<string | null, TriedFace[]>();
  for (const face of faces) {
    const visit = byVisit.get(face.visit);
    if (visit) visit.push(face);
    else byVisit.set(face.visit, [face]);
  }
  const visits = [...byVisit.values()].flatMap((visit) =>
    Array.from({ length: Math.floor(visit.length / size) }, (_, at) => visit.slice(at * size, (at + 1) * size)),
  );
  const most = Math.ceil(MOST_EACH / size);
  const every = Math.max(1, visits.length / most);
  return visits.filter((_, at) => Math.floor(at / every) !== Math.floor((at - 1) / every));
}

function toSeen(visit: readonly TriedFace[], model: string): Seen {
  const encodings = visit.map((face) => face.encoding);
  return { encodings, ...toVisitMean(encodings, model) };
}

/** From the first of the faces to the nearest person, if there is one. */
function nearestDistance({ encodings }: Seen, gallery: Gallery): number[] {
  return gallery.nearest(encodings[0] as Float32Array, 1).map((one) => one.distance);
}

/** `classic` decides every face by itself: a visit gets the first name that one of its faces gets. */
function decideClassic({ encodings }: Seen, gallery: Gallery, rules: Rules): Decision["who"] {
  for (const encoding of encodings) {
    const { who } = decide(encoding, gallery, { threshold: rules.threshold, margin: rules.margins.classic });
    if (who) return who;
  }
  return null;
}

function decideCareful(seen: Seen, gallery: Gallery, rules: Rules): Decision["who"] {
  return decideVisit(seen, gallery, { threshold: rules.threshold, margin: rules.margins.careful }).who;
}

function createTallies() {
  const rows = RECOGNITION_PROFILES.flatMap((profile) =>
    SIZES.map((faces) => ({
      profile,
      faces,
      strangers: { tried: 0, count: 0 },
      known: { tried: 0, count: 0 },
      wrong: 0,
    })),
  );
  return {
    /** @param owner person_id of whom the faces show; null: a person who should get no name */
    add(who: "strangers" | "known", seen: Seen, gallery: Gallery, rules: Rules, owner: string | null): void {
      for (const row of rows) {
        if (row.faces !== seen.faces) continue;
        const decideAs = row.profile === "classic" ? decideClassic : decideCareful;
        const named = decideAs(seen, gallery, rules)?.personId ?? null;
        row[who].tried++;
        if (named === null) continue;
        if (owner === null || named === owner) row[who].count++;
        else row.wrong++;
      }
    },
    profiles: (): readonly ProfileFigures[] => rows,
  };
}
