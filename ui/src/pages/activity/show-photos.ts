import type { FaceJson, VisitDetailAnswer, VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { Action } from "../../components/action-bar.ts";
import { openPhoto } from "../../components/lightbox/open-photo.ts";
import type { VisitDetails } from "../../state/activity/visit-details.ts";
import type { CorrectAs } from "./correct-visit.ts";
import { whereAndWhen } from "./visit-text.ts";

/** What the lightbox needs of the page that it is opened from. */
export interface PhotosOfVisits {
  readonly details: Pick<VisitDetails, "get">;
  /** The visits as they are listed, newest first. */
  visits(): readonly VisitJson[];
  correct(visit: VisitJson, as: CorrectAs): void;
}

/** Shows the photos of a visit large, oldest first; up and down lead to the visits beside it. `face` null: the best one. */
export async function showPhotos(app: App, visit: VisitJson, face: number | null, page: PhotosOfVisits): Promise<void> {
  let shown = visit.visit_id;
  const current = (): VisitJson => page.visits().find(({ visit_id }) => visit_id === shown) ?? visit;
  try {
    const detail = await page.details.get(visit.visit_id);
    await openPhoto(app, {
      ...toPhotos(detail, face),
      strip: app.t.activity.row.allPhotos,
      about: (one) => (one.visit_id === shown ? whereAndWhen(app, current()) : null),
      actions: (one) => (one.visit_id === shown ? actions(app, current(), page.correct) : []),
      async step(by) {
        const visits = page.visits();
        const next = visits[visits.findIndex(({ visit_id }) => visit_id === shown) + by];
        if (!next) return null;
        const photos = toPhotos(await page.details.get(next.visit_id), null);
        shown = next.visit_id;
        return photos;
      },
    });
  } catch (error) {
    app.complain(error);
  }
}

function toPhotos({ seen, representative }: VisitDetailAnswer, face: number | null) {
  const faces: FaceJson[] = [...seen].sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
  const wanted = face ?? representative?.face_id;
  return {
    faces,
    at: Math.max(
      0,
      faces.findIndex(({ face_id }) => face_id === wanted),
    ),
  };
}

function actions(app: App, visit: VisitJson, correct: PhotosOfVisits["correct"]): Action[] {
  const words = app.t.activity;
  const known = visit.person !== null;
  return [
    known
      ? { icon: "close", label: words.wrong, run: () => correct(visit, { kind: "not" }) }
      : { icon: "ignore", label: words.ignore, run: () => correct(visit, { kind: "ignore" }) },
    { icon: "edit", label: known ? words.itIs : words.name, run: () => correct(visit, { kind: "ask" }) },
  ];
}
