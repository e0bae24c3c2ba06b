import { html, nothing, type TemplateResult } from "lit";
import type { StatusJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { copyLine } from "../../components/copy-line.ts";
import { type IconName, icon } from "../../components/icon.ts";
import type { WayIn } from "./intake.ts";

/** The ways for faces to come in. */
export const WAYS = ["frigate", "pictures", "encodings"] as const;
export type Way = (typeof WAYS)[number];

const FRIGATE = "snapshots:\n  enabled: true\n  frigate:\n    url: http://frigate.local:5000";
const PICTURES = "snapshots:\n  enabled: true";

/** The card of one way: what to set, each line ready to be copied. */
export function wayIn(app: App, way: Way, status: StatusJson, to: WayIn): TemplateResult {
  const words = app.t.start;
  const on = status.snapshots !== null;
  if (way === "frigate") {
    return card(
      "plug",
      words.frigate.title,
      words.frigate.hint,
      html`<ol class="steps">
      <li><strong>${words.frigate.broker}</strong>${copyLine(app, { text: to.broker, label: words.copyBroker })}</li>
      <li><strong>${words.frigate.address}</strong>${copyLine(app, { text: FRIGATE, label: words.copyConfig })}</li>
      <li><strong>${words.frigate.walk}</strong><p>${words.frigate.walkHint}</p></li>
    </ol>
    <p class="small">${words.more} <code>docs/frigate.md</code></p>`,
    );
  }
  if (way === "pictures") {
    const url = app.http.url("api/snapshots?camera=front_door");
    const post = `curl --data-binary @photo.jpg -H 'content-type: image/jpeg' '${new URL(url, document.baseURI).href}'`;
    return card(
      "camera",
      words.pictures.title,
      words.pictures.hint,
      html`
      ${on ? nothing : html`<p class="lbl">${words.pictures.turnOn}</p>${copyLine(app, { text: PICTURES, label: words.copyConfig })}`}
      <p class="lbl">${words.pictures.post}</p>${copyLine(app, { text: post, label: words.copyCommand })}
      <p class="lbl">${words.pictures.publish}</p>${copyLine(app, { text: to.topic.replace("/embedding/", "/snapshot/"), label: words.copyTopic })}
      <p class="small">${words.more} <code>docs/pictures.md</code>, <code>docs/cameras.md</code></p>`,
    );
  }
  return card(
    "code",
    words.encodings.title,
    words.encodings.hint({ n: status.intake.dimension }),
    html`
    <p class="lbl">${words.encodings.broker}</p>${copyLine(app, { text: to.broker, label: words.copyBroker })}
    ${to.onlyHere ? html`<p class="small">${words.encodings.onlyHere} <code>mqtt.embedded.host</code></p>` : nothing}
    <p class="lbl">${words.encodings.topic}</p>${copyLine(app, { text: to.topic, label: words.copyTopic })}
    <p class="lbl">${words.encodings.message}</p>${copyLine(app, { text: to.payload, shown: to.shown, label: words.copyMessage })}
    <p class="lbl">${words.encodings.try}</p>${copyLine(app, { text: to.command, shown: to.command.replace(/ -m .*/, " -m '…'"), label: words.copyCommand })}
    <p class="small">${words.more} <code>docs/mqtt.md</code></p>`,
  );
}

function card(name: IconName, title: string, hint: string, body: TemplateResult): TemplateResult {
  return html`<section class="card way">
    <header><span>${icon(name)}</span><div><h3>${title}</h3><p>${hint}</p></div></header>
    ${body}
  </section>`;
}
