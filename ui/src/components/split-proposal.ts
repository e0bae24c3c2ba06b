import { html, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../src/wire/out/schemas.ts";
import { thumbnailPath } from "../api/faces.ts";
import type { App } from "../app.ts";
import { oncePressed } from "../pages/once-pressed.ts";
import { splitGroup } from "../pages/unknown/split-group.ts";
import { toPiles } from "../state/unknown/piles.ts";
import { picture } from "./picture.ts";

/** As many as fit into a row of a wide page; a card shows those that fit. */
const PICTURES = 6;

/**
 * Where a group may show two people: the faces of each side by side, and one press that makes two groups.
 *
 * @param after Runs when they are made, or that was refused.
 */
export function splitProposal(app: App, cluster: ClusterJson, after?: () => void): TemplateResult | typeof nothing {
  const piles = toPiles(cluster, PICTURES);
  if (!piles) return nothing;
  const words = app.t.discover.split;
  const pictured = new Map(cluster.representatives.map((face) => [face.face_id, face.thumbnail]));
  const split = async ({ currentTarget }: Event) => {
    await oncePressed(currentTarget as HTMLElement, () => splitGroup(app, cluster));
    after?.();
  };
  return html`<section class="looks split" aria-label=${words.title}>
    <p><strong>${words.title}</strong></p>
    <div class="piles">
      ${piles.map(
        ({ size, faces }) => html`<div>
          <div>${faces.map((id) => picture(app.http, pictured.has(id) ? (pictured.get(id) ?? null) : thumbnailPath(id)))}</div>
          <p>${app.t.common.faces(size)}</p>
        </div>`,
      )}
    </div>
    <button class="btn tonal" aria-label=${words.makeLabel(cluster.size)} @click=${split}>${words.make}</button>
  </section>`;
}
