import { html, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import type { NameChosen } from "../../components/naming/name-field.ts";
import "../../components/naming/name-field.ts";
import { picture } from "../../components/picture.ts";
import { candidatesOf } from "./naming.ts";

const PICTURES = 3;

/** Actions for the selected groups: one name for all, or ignore. */
export function selectionDock(
  app: App,
  clusters: readonly ClusterJson[],
  actions: { readonly stop: () => void; readonly ignore: () => void; readonly name: (chosen: NameChosen) => void },
): TemplateResult {
  const words = app.t.discover.select;
  const faces = clusters.reduce((sum, cluster) => sum + cluster.size, 0);
  return html`<div class="dock" role="region" aria-label=${words.region}>
    <div class="top">
      <span class="stack"
        >${clusters
          .slice(0, PICTURES)
          .map((cluster) => picture(app.http, cluster.representatives[0]?.thumbnail ?? null, { size: "s32" }))}</span
      >
      <span class="cut"><b>${words.summary(clusters.length)}</b><span class="more-room">${words.faces(faces)}</span></span>
      <button class="btn plain" @click=${actions.ignore}>${app.t.discover.card.ignore}</button>
      <button class="btn square" aria-label=${words.stop} @click=${actions.stop}>${icon("close")}</button>
    </div>
    <f-name
      primary
      .app=${app}
      .faces=${faces}
      .placeholder=${words.name(clusters.length)}
      .label=${words.nameLabel(clusters.length)}
      .button=${app.t.nameField.assignN({ n: faces })}
      .candidates=${largestOf(app, clusters)}
      @chosen=${(event: CustomEvent<NameChosen>) => actions.name(event.detail)}
    ></f-name>
  </div>`;
}

const asked = new WeakMap<ClusterJson, () => ReturnType<typeof candidatesOf>>();

// The largest group gives the best suggestions. One function per group: the field asks again only for another one.
function largestOf(app: App, clusters: readonly ClusterJson[]): (() => ReturnType<typeof candidatesOf>) | undefined {
  const [largest] = [...clusters].sort((a, b) => b.size - a.size);
  if (!largest) return undefined;
  const ask = asked.get(largest) ?? (() => candidatesOf(app, largest.id));
  asked.set(largest, ask);
  return ask;
}
