import type { VisitJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { cameraTitle } from "../../texts/camera.ts";

/**
 * Says in a toast, without undo, that another user put a visit right that is on the screen. Where this page has something
 * to say itself, that stays: it may be what can be undone.
 */
export async function sayChanged(app: App, visit: VisitJson, before: VisitJson): Promise<void> {
  await app.http.written();
  if (app.toasts.shown.get()) return;
  const words = app.t.activity.done;
  const at = { camera: cameraTitle(visit.camera), time: app.t.when.time(new Date(visit.to)) };
  const name = visit.person ?? before.person;
  const text =
    visit.state === "ignored" || name === null
      ? words.otherIgnored(at)
      : visit.person !== null
        ? words.otherIs({ ...at, name })
        : words.otherNot({ ...at, name });
  app.toasts.show({
    text,
    picture: { thumbnail: visit.representative?.thumbnail ?? null, round: visit.person !== null },
  });
}
