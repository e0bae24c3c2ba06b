import { html, nothing, type TemplateResult } from "lit";
import type { FaceJson, PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { Advice } from "../../api/people.ts";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import { oncePressed } from "../once-pressed.ts";
import type { Offer } from "./load-offer.ts";
import { mergeWith } from "./person-actions.ts";

/** Where the offer leads besides being accepted. */
export interface OfferActions {
  readonly show: (faces: readonly FaceJson[]) => void;
  /** Said no, or done. */
  readonly done: (no: boolean) => void;
}

interface Said {
  readonly title: string;
  readonly hint: string;
  readonly thumbnail: string | null;
  readonly yes: { readonly label: string; readonly run: () => Promise<void> };
  readonly show?: () => void;
}

/** One offer in a line: what, why, a picture, and one thing to do; never an alarm. */
export function personOffer(app: App, person: PersonJson, offer: Offer, actions: OfferActions): TemplateResult {
  const words = app.t.person;
  const said = offer.kind === "claim" ? claim(app, person, offer, actions) : advice(app, person, offer.advice, actions);
  const yes = (event: Event) =>
    void oncePressed(event.currentTarget as HTMLElement, async () => {
      try {
        await said.yes.run();
      } catch (error) {
        app.complain(error);
      }
    });
  return html`<section class="card offer" aria-label=${words.adviceLabel}>
    ${picture(app.http, said.thumbnail)}
    <div><strong dir="auto">${said.title}</strong><p dir="auto">${said.hint}</p></div>
    <div class="do">
      <button class="btn tonal" @click=${yes}>${said.yes.label}</button>
      ${said.show ? html`<button class="btn plain" @click=${said.show}>${words.show}</button>` : nothing}
      <button class="btn plain" @click=${() => actions.done(true)}>${words.no}</button>
    </div>
  </section>`;
}

function claim(app: App, person: PersonJson, { faces }: Offer & { kind: "claim" }, actions: OfferActions): Said {
  const words = app.t.person;
  const { name } = person;
  const thumbnail = faces.find((face) => face.thumbnail !== null)?.thumbnail ?? null;
  return {
    title: words.claim({ n: faces.length, name }),
    hint: words.claimHint,
    thumbnail,
    show: () => actions.show(faces),
    yes: {
      label: words.claimAdd({ n: faces.length }),
      async run() {
        const { assigned, change } = await app.faces.assign(
          faces.map((face) => face.face_id),
          name,
        );
        actions.done(false);
        app.did(words.claimed({ n: assigned, name }), { changes: [change], picture: { thumbnail, round: true } });
      },
    },
  };
}

function advice(app: App, person: PersonJson, one: Advice, actions: OfferActions): Said {
  const words = app.t.person;
  const { name } = person;
  const other = one.people[1]?.person ?? "";
  const thumbnail = one.picture?.thumbnail ?? null;
  const face = one.picture;
  const show = face
    ? { show: () => void app.faces.one(face.face_id).then((found) => actions.show([found]), app.complain) }
    : {};
  const doing = (label: string, text: string) => ({
    label,
    async run() {
      const { change } = await app.registry.follow(one);
      actions.done(false);
      app.did(text, { changes: [change], picture: { thumbnail, round: false } });
    },
  });
  const { faces } = one.action.body;
  const n = Array.isArray(faces) ? faces.length : 1;
  switch (one.kind) {
    case "same_person":
      return {
        title: words.samePerson({ name, other }),
        hint: words.samePersonHint,
        thumbnail,
        yes: {
          label: words.merge,
          run: async () => {
            await mergeWith(
              app,
              person,
              app.people.state.get().list.find((known) => known.name === other),
            );
          },
        },
      };
    case "misplaced_look":
    case "misplaced_faces":
      return {
        title: words.misplaced({ n, other }),
        hint: words.misplacedHint({ name }),
        thumbnail,
        ...show,
        yes: doing(words.takeOutN({ n }), words.takenOut({ n, name })),
      };
    case "few_faces":
      return {
        title: words.fewPhotos,
        hint: words.fewPhotosHint({ name }),
        thumbnail,
        ...show,
        yes: doing(words.addLook, words.lookAdded({ name })),
      };
    default:
      return {
        title: words.drift,
        hint: words.driftHint,
        thumbnail,
        ...show,
        yes: doing(words.addLook, words.lookAdded({ name })),
      };
  }
}
