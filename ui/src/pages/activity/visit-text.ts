import type { VisitDetailAnswer, VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { Said } from "../../state/activity/said.ts";
import { cameraTitle } from "../../texts/camera.ts";

/** Who it was: a person, a stranger by number where they came before, or between whom it is not clear. */
export function nameOf(
  app: App,
  { person, stranger, state }: VisitJson,
  detail: VisitDetailAnswer | null = null,
): string {
  const words = app.t.activity.row;
  if (person !== null) return person;
  if (state === "ambiguous") {
    const [one, other] = detail?.candidates ?? [];
    return one && other ? words.between({ one: one.person, other: other.person }) : words.unclear;
  }
  return stranger ? words.strangerNo({ n: stranger.number }) : words.stranger;
}

/** Where, how many photos, and what else is to be said of a visit in a line. */
export function aboutVisit(app: App, visit: VisitJson, said: Said | undefined, isLive: boolean): string {
  const words = app.t.activity.row;
  const { faces, state, person, stranger } = visit;
  const camera = cameraTitle(visit.camera);
  const about =
    isLive && state === "open" ? words.photosSoFar({ camera, n: faces }) : words.photos({ camera, n: faces });
  if (said?.kind === "not") return words.not({ about, name: said.name });
  if (state === "ignored") return words.ignored({ about });
  if (state === "corrected") return words.corrected({ about });
  if (state === "ambiguous") return words.noName({ about });
  if (person !== null) return about;
  if (!stranger) return state === "open" ? about : words.firstVisit({ about });
  const since = app.t.when.day(new Date(stranger.first_seen), app.now.get());
  const { visits, cameras } = stranger;
  return cameras.length > 1
    ? words.visitsAtCameras({ camera, visits, cameras: cameras.length, since })
    : words.visits({ camera, visits, since });
}

/** Where, when and how many photos: what a sheet or the lightbox is about. */
export function whereAndWhen(app: App, { camera, to, faces }: VisitJson): string {
  return app.t.activity.who.about({ camera: cameraTitle(camera), time: app.t.when.time(new Date(to)), n: faces });
}
