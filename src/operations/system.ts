import type { Settings, SettingView } from "../domain/settings.ts";
import type { LiveSettings } from "../flow/live-settings.ts";
import type { Purge } from "../flow/purge.ts";
import type { Store } from "../store/port.ts";
import type { HealthAnswer, SettingsAnswer, StatusJson, ThresholdAnswer } from "../wire/out/schemas.ts";
import { thumbnailUrl, toFaceJson } from "../wire/out/views.ts";
import type { Requests } from "./port.ts";
import type { ClosestPair, FaceAtTheLine, StudyThreshold } from "./reads/threshold.ts";

export interface HouseRequestDeps {
  readonly store: Pick<Store, "person" | "facesById">;
  readonly purge: Purge;
  readonly settings: LiveSettings;
  readonly studyThreshold: StudyThreshold;
  readonly status: () => Promise<StatusJson>;
  readonly health: () => Promise<HealthAnswer>;
  readonly announce: () => Promise<boolean>;
}

type HouseRequests = Pick<
  Requests,
  "purge" | "settings" | "changeSettings" | "threshold" | "status" | "health" | "announce"
>;

/** The daemon itself: retention, settings, how it is. */
export function createHouseRequests(deps: HouseRequestDeps): HouseRequests {
  const { store, purge, settings, studyThreshold, status, health, announce } = deps;

  async function toClosestPair({ distance, personIds }: ClosestPair): Promise<ThresholdAnswer["closest_pair"]> {
    const people = await Promise.all(personIds.map((personId) => store.person(personId)));
    return {
      distance,
      people: people.flatMap((person) =>
        person
          ? [
              {
                person: person.name,
                person_id: person.personId,
                thumbnail: person.thumbnailFace === null ? null : thumbnailUrl(person.thumbnailFace),
              },
            ]
          : [],
      ),
    };
  }

  async function toFacesAtTheLine(faces: readonly FaceAtTheLine[]): Promise<ThresholdAnswer["at_the_line"]> {
    const stored = await store.facesById(faces.map((one) => one.faceId));
    const byId = new Map(stored.map((face) => [face.id, toFaceJson(face)]));
    return faces.flatMap(({ faceId, person, distance }) => {
      const face = byId.get(faceId);
      if (!face) return [];
      const { face_id, thumbnail, camera, timestamp } = face;
      return [{ face_id, thumbnail, camera, timestamp, person: person.name, person_id: person.personId, distance }];
    });
  }

  return {
    async purge({ dry_run: dryRun = false }) {
      const outcome = await purge.run(dryRun);
      return {
        faces: outcome.faces,
        frames: outcome.frames,
        thumbnails: outcome.thumbnails,
        dry_run: outcome.dryRun,
        would_delete: outcome.dryRun
          ? outcome.wouldDelete.map((one) => ({
              face_id: one.faceId,
              uid: one.uid,
              camera: one.camera,
              timestamp: one.capturedAt.toISOString(),
              source: one.source,
              frame: one.frame,
            }))
          : [],
      };
    },

    settings: async () => toSettingsAnswer(settings.view()),
    changeSettings: async (changes) => toSettingsAnswer(await settings.change(changes)),

    async threshold() {
      const study = await studyThreshold();
      const now: Settings = settings.current();
      return {
        recognition_threshold: now["recognition.threshold"],
        discovery_threshold: now["discovery.threshold"],
        faces: study.faces,
        unassigned: study.unassigned,
        people: study.people,
        steps: study.steps.map(({ threshold, clusters, alone, recognized, wouldGetAName, wrong }) => ({
          threshold,
          clusters,
          alone,
          recognized,
          would_get_a_name: wouldGetAName,
          wrong,
        })),
        closest_pair: study.closestPair && (await toClosestPair(study.closestPair)),
        at_the_line: await toFacesAtTheLine(study.atTheLine),
        histogram: {
          bin: study.bin,
          nearest: [...study.nearest],
          second: [...study.second],
          own: [...study.own],
        },
      };
    },

    status,
    health,
    announce: async () => ({ announced: await announce() }),
  };
}

function toSettingsAnswer(view: { readonly [K in keyof Settings]: SettingView<K> }): SettingsAnswer {
  return {
    settings: {
      "recognition.threshold": { ...view["recognition.threshold"] },
      "recognition.margin": { ...view["recognition.margin"] },
      "discovery.threshold": { ...view["discovery.threshold"] },
      "discovery.schedule": { ...view["discovery.schedule"] },
      "storage.retention_days": { ...view["storage.retention_days"] },
    },
  };
}
