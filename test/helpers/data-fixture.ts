import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { tempFolder } from "./temp-folder.ts";

const FIXTURES = resolve(import.meta.dirname, "../fixtures");

interface ExpectedGroup {
  readonly id: string;
  readonly version: string;
  readonly size: number;
  readonly cameras: readonly string[];
  readonly first_seen: string;
  readonly last_seen: string;
  /** face ids */
  readonly representatives: readonly number[];
}

/** How many faces by cluster. */
type Sizes = Readonly<Record<string, number>>;

/** What is to be found in a kept data folder, as `scripts/make-data-fixture.mjs` wrote it when the folder was made. */
export interface ExpectedData {
  readonly instance: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly people: readonly {
    readonly name: string;
    readonly person_id: string;
    readonly encodings: number;
    readonly faces: number;
    readonly first_seen: string | null;
    readonly last_seen: string | null;
    readonly last_camera: string | null;
  }[];
  /** Uids of faces that were said to be somebody else, by person_id. */
  readonly not_people: Readonly<Record<string, readonly string[]>>;
  readonly erased: readonly { readonly name: string; readonly at: string }[];
  readonly cameras: readonly {
    readonly camera: string;
    readonly camera_id: string;
    readonly last_seen: string;
  }[];
  /** Only what is kept in the database. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly discovery: { readonly id: string; readonly faces: number; readonly clusters: number };
  readonly waiting: readonly ExpectedGroup[];
  readonly ignored: readonly ExpectedGroup[];
  /** The oldest first; with it who there was before ("Anna: 10/1", faces and encodings), and which clusters. */
  readonly journal: readonly {
    readonly action: string;
    readonly sentence: string;
    readonly people: readonly string[];
    readonly waiting?: Sizes;
    readonly ignored?: Sizes;
  }[];
  /** SHA-256 of the registry file. */
  readonly registry: string;
  /** SHA-256 of every uid and its encoding's bytes, by face id. */
  readonly encodings: string;
  /** The same of the thumbnails, as JPEG. */
  readonly thumbnails: string;
  /** By id. */
  readonly faces: readonly {
    readonly face_id: number;
    readonly uid: string;
    readonly camera: string;
    readonly timestamp: string;
    readonly source: string | null;
    readonly box: object | null;
    readonly detection_score: number | null;
    readonly state: string;
    readonly person_id: string | null;
    readonly cluster: string | null;
    readonly matched: { readonly person_id: string; readonly distance: number } | null;
    readonly source_event_id: string | null;
    /** Begin of the SHA-256 of its bytes. */
    readonly encoding: string;
    readonly thumbnail: string | null;
  }[];
}

/** What the data folder that a released version left behind holds. */
export function readExpected(version: string): ExpectedData {
  return JSON.parse(readFileSync(join(FIXTURES, `data-${version}.expected.json`), "utf8"));
}

/** A copy of that folder, gone when the test is: the kept one is never opened. */
export function copyDataFixture(version: string): string {
  const folder = join(tempFolder(), "data");
  cpSync(join(FIXTURES, `data-${version}`), folder, { recursive: true });
  return folder;
}

/** Since version 0.2.0 the first time that a person was recognized counts too. */
export function firstSeen({ faces, not_people: notPeople }: ExpectedData, personId: string): string | null {
  const own = faces.filter(
    (face) => face.person_id === personId || (face.state === "unassigned" && face.matched?.person_id === personId),
  );
  const denied = notPeople[personId] ?? [];
  const times = own.filter((face) => !denied.includes(face.uid)).map((face) => face.timestamp);
  return times.sort()[0] ?? null;
}
