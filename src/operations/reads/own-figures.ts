import { DLIB } from "../../domain/model.ts";
import { marginOf, type Settings } from "../../domain/settings.ts";
import type { OwnFigures } from "../../domain/study/own-figures.ts";
import type { People } from "../../flow/people.ts";
import type { FiguresInput } from "../../recognize/figures/measure-figures.ts";
import { createKept } from "./kept.ts";
import { collectPeopleFaces, mainModel, type PeopleFacesStore } from "./people/people-faces.ts";
import type { StoreReads } from "./store.ts";

export interface OwnFiguresDeps {
  readonly store: PeopleFacesStore & Pick<StoreReads, "gallery">;
  readonly people: Pick<People, "gallery">;
  readonly settings: () => Settings;
  /** Away from the event loop. */
  readonly measureFigures: (input: FiguresInput) => Promise<OwnFigures>;
}

/** The figures of the people there are, with the settings in force. */
export type ReadOwnFigures = () => Promise<OwnFigures>;

/** They are measured once and kept until people or settings change; those who ask meanwhile share them. */
export function createReadOwnFigures({ store, people, settings, measureFigures }: OwnFiguresDeps): ReadOwnFigures {
  async function measure(inForce: Settings): Promise<OwnFigures> {
    const contents = await store.gallery();
    const model = mainModel(contents);
    const collected = await collectPeopleFaces(store, contents, model);
    return await measureFigures({
      model,
      people: collected.map(({ person, faces }) => ({
        person,
        faces: faces.map(({ encoding, look, visit }) => ({ encoding, look, visit })),
      })),
      spread: people.gallery(model).spread,
      ignored: contents.ignored.filter((one) => one.model === model),
      threshold: inForce["recognition.threshold"],
      margins: {
        classic: marginOf({ ...inForce, "recognition.profile": "classic" }),
        careful: marginOf({ ...inForce, "recognition.profile": "careful" }),
      },
      minFaces: inForce["recognition.min_faces"],
    });
  }

  // The gallery is built anew with every change to people.
  const basis = () => [people.gallery(DLIB), ...Object.entries(settings()).flat()];
  return createKept(basis, () => measure(settings()));
}
