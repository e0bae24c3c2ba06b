import { html, nothing } from "lit";
import type { ClusterJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import type { Cell } from "../../../components/cells/cells.ts";
import { icon } from "../../../components/icon.ts";
import { bestPicture, picture } from "../../../components/picture.ts";
import type { Done } from "../../../state/unknown/done.ts";
import { cameraTitle } from "../../../texts/camera.ts";

/** Whom a tile shows: a stranger's number, or where they were seen. */
export function titleOf(app: App, group: Pick<ClusterJson, "cameras" | "stranger">): string {
  const words = app.t.unknown.cell;
  if (group.stranger) return words.stranger({ number: app.t.format.number(group.stranger.number) });
  const [camera = ""] = group.cameras;
  return group.cameras.length > 1 ? app.t.count.cameras({ n: group.cameras.length }) : cameraTitle(camera);
}

/** A group as a tile: photo, number of photos, where and when; what was done to it, once it is done. */
export function toCell(app: App, group: ClusterJson, done: Done | undefined, selected: boolean): Cell {
  const { count, unknown } = app.t;
  const words = unknown.cell;
  const photos = count.photos({ n: group.size });
  const face = picture(app.http, bestPicture(group.representatives));
  if (done) {
    const title = done.kind === "named" ? done.name : words[done.kind];
    return {
      key: group.id,
      label: done.kind === "named" ? words.named({ name: done.name, photos }) : `${title}, ${photos}`,
      css: "away",
      selected: false,
      content: html`<span class="pic">${face}</span><b aria-hidden="true" dir="auto">${title}</b>
        <p aria-hidden="true">${photos}</p>`,
    };
  }
  const title = titleOf(app, group);
  const when = app.t.when.brief(new Date(group.last_seen), app.now.get());
  const visits = group.stranger ? count.visits({ n: group.stranger.visits }) : "";
  return {
    key: group.id,
    label: group.stranger
      ? words.aboutAgain({ what: title, visits, photos, when })
      : words.about({ what: title, photos, when }),
    css: group.stranger ? "again" : "",
    selected,
    content: html`<span class="pic" aria-hidden="true"
        >${face}<span class="tick">${icon("check")}</span>${
          group.stranger
            ? html`<span class="badge tr visits">${icon("again")}${app.t.format.number(group.stranger.visits)}</span>`
            : nothing
        }<span class="badge">${app.t.format.number(group.size)}</span></span
      ><b aria-hidden="true">${title}</b>
      <p aria-hidden="true">${group.stranger ? html`<span class="onwide">${words.visitsAnd({ visits, when })}</span><span class="narrow">${when}</span>` : when}</p>`,
  };
}
