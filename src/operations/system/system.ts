import type { ChangeOrigin } from "../../domain/change.ts";
import type { Clock } from "../../domain/clock.ts";
import type { EncodingModel } from "../../domain/model.ts";
import type { TakenSnapshot } from "../../domain/pictures/snapshot.ts";
import type { Stats } from "../../domain/stats.ts";
import type { ThresholdStudy } from "../../domain/study/threshold-study.ts";
import type { Discover } from "../../flow/discovery/discover.ts";
import type { LiveSettings } from "../../flow/live-settings.ts";
import type { People } from "../../flow/people.ts";
import type { Purge } from "../../flow/purge.ts";
import type { ReEncode } from "../../flow/re-encode/re-encode.ts";
import type { Snapshots } from "../../flow/snapshots/snapshots.ts";
import type { Problems } from "../../flow/watch/problems.ts";
import type { TestFaces } from "../../flow/watch/test-face.ts";
import type { Health } from "../../wire/out/system/status.ts";
import type { ReadActivity } from "../reads/activity.ts";
import type { ReadAdvice } from "../reads/advice.ts";
import type { FindCandidates } from "../reads/clusters/cluster-candidates.ts";
import type { ReadClusterFaces } from "../reads/clusters/cluster-faces.ts";
import type { ClusterSuggestions } from "../reads/clusters/cluster-suggestions.ts";
import type { CompareClusters } from "../reads/clusters/compare-clusters.ts";
import type { ReadMap } from "../reads/clusters/likeness-map.ts";
import type { ReadOwnFigures } from "../reads/own-figures.ts";
import type { FindAlike } from "../reads/people/people-alike.ts";
import type { ReadPersonFaces } from "../reads/people/person-faces.ts";
import type { Pictures } from "../reads/pictures.ts";
import type { Similar } from "../reads/similar.ts";
import type { ReadStatus } from "../reads/status.ts";
import type { StoreReads } from "../reads/store.ts";
import type { ReadVisit } from "../reads/visit-detail.ts";

/** What operations are carried out with: flows for what changes something, reads for all else. */
export interface System {
  readonly store: StoreReads;
  readonly people: Omit<People, "reload" | "settled">;
  readonly discover: Omit<Discover, "restore">;
  readonly purge: Pick<Purge, "run">;
  readonly reEncode: ReEncode;
  readonly settings: LiveSettings;
  readonly similar: Similar;
  readonly pictures: Pictures;
  /** null: no pictures are taken. */
  readonly snapshots: Pick<Snapshots, "take" | "refused"> | null;
  readonly status: ReadStatus;
  readonly problems: Pick<Problems, "list">;
  readonly testFaces: Pick<TestFaces, "send">;
  /** The link to the broker. */
  readonly link: {
    readonly state: Health["broker"];
    /** Tries to connect now, where that is waited for. */
    retryNow(): void;
  };
  readonly findCandidates: FindCandidates;
  readonly compareClusters: CompareClusters;
  readonly readClusterFaces: ReadClusterFaces;
  readonly readMap: ReadMap;
  readonly suggestions: ClusterSuggestions;
  readonly readActivity: ReadActivity;
  readonly readVisit: ReadVisit;
  readonly readPersonFaces: ReadPersonFaces;
  readonly findAlike: FindAlike;
  readonly studyThreshold: () => Promise<ThresholdStudy>;
  readonly readOwnFigures: ReadOwnFigures;
  readonly readAdvice: ReadAdvice;
  readonly stats: () => Promise<Stats>;
  /** The person in the registry file's format. */
  readonly exportPerson: (personId: string) => Promise<{ people: Record<string, unknown> }>;
  /** The model with this name; without one, that of messages that name none. @throws `INVALID_INPUT` */
  readonly toModel: (name: string | undefined) => EncodingModel;
  /** @throws `INVALID_INPUT` for anything but so many finite numbers as the model has */
  readonly toEncoding: (values: unknown, model: EncodingModel) => Float32Array;
  /**
   * Fetches a picture of a camera of `snapshots.pull` now; null: no pictures are taken.
   * @throws `NOT_FOUND`, `CAMERA_FAILED`
   */
  readonly fetchSnapshot: ((camera: string) => Promise<TakenSnapshot>) | null;
  /** Publishes Home Assistant's MQTT discovery again; false where that is not wanted. */
  readonly announce: () => Promise<boolean>;
  readonly rules: SystemRules;
  readonly clock: Clock;
}

/** The system as it is for one who asks: the history keeps by what way changes came, and whose they were. */
export function askedBy(by: ChangeOrigin, system: System): System {
  return { ...system, people: { ...system.people, ...system.people.as(by) } };
}

/** What the configuration says about operations. */
export interface SystemRules {
  /** Two faces of one frame are two people: assigning both to one person has to be asked for. */
  readonly cannotLink: boolean;
  readonly cooldownSeconds: number;
  /** Of pictures that come in. */
  readonly maxPictureBytes: number;
}
