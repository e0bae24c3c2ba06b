import { type Static, type TObject, type TProperties, Type } from "typebox";
import type { Requests } from "./port.ts";

/** A command that can be asked for on `<base>/bridge/request/<command>`. */
export interface Command {
  readonly input: TObject;
  run(requests: Requests, input: unknown): Promise<object>;
}

const page = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  cursor: Type.Optional(Type.String()),
};
const text = Type.String({ minLength: 1 });
const faceId = Type.Integer({ minimum: 1 });
const dryRun = { dry_run: Type.Optional(Type.Boolean()) };
const version = { version: Type.Optional(Type.String()) };

/** Unknown keys are refused: a misspelt `exclude_faces` must not assign what it meant to leave out. */
function command<P extends TProperties>(
  properties: P,
  run: (requests: Requests, input: Static<TObject<P>>) => Promise<object>,
): Command {
  return {
    input: Type.Object(properties, { additionalProperties: false }),
    // The caller has checked the input against this very schema.
    run: (requests, checked) => run(requests, checked as Static<TObject<P>>),
  };
}

const none = {};

/** The answers are the JSON of the HTTP route that does the same. `announce` and `health` are the bridge's own. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  discover: command({ wait: Type.Optional(Type.Boolean()), limit: page.limit }, (ask, { wait, limit }) =>
    wait ? ask.discover({ limit }) : ask.startDiscovery(),
  ),
  cancel: command(none, (ask) => ask.cancel()),
  clusters: command({ ...page, state: Type.Optional(Type.Enum(["waiting", "ignored"])) }, (ask, input) =>
    ask.clusters(input),
  ),
  assign: command(
    {
      cluster: text,
      name: Type.String(),
      exclude_faces: Type.Optional(Type.Array(faceId)),
      ...version,
      allow_same_frame: Type.Optional(Type.Boolean()),
    },
    (ask, input) => ask.assign(input),
  ),
  unassign: command({ faces: Type.Array(faceId) }, (ask, input) => ask.unassign(input)),
  people: command(page, (ask, input) => ask.people(input)),
  rename: command({ from: text, to: Type.String(), merge: Type.Optional(Type.Boolean()) }, (ask, input) =>
    ask.rename(input),
  ),
  merge: command({ from: Type.Array(text), to: text }, (ask, input) => ask.merge(input)),
  delete: command({ name: text, faces: Type.Optional(Type.Enum(["unassign", "erase"])) }, (ask, input) =>
    ask.delete(input),
  ),
  ignore: command({ cluster: text, ...version }, (ask, input) => ask.ignore(input)),
  unignore: command({ cluster: text }, (ask, input) => ask.unignore(input)),
  match: command({ encoding: Type.Array(Type.Number()) }, (ask, input) => ask.match(input)),
  similar: command({ face: faceId, ...page }, (ask, input) => ask.similar(input)),
  claim: command({ name: text, ...dryRun }, (ask, input) => ask.claim(input)),
  purge: command(dryRun, (ask, input) => ask.purge(input)),
  undo: command(none, (ask) => ask.undo()),
  settings: {
    // Its keys are checked by the settings themselves.
    input: Type.Object({}, { additionalProperties: true }),
    run: (ask, input) => {
      const changes = input as Readonly<Record<string, unknown>>;
      return Object.keys(changes).length === 0 ? ask.settings() : ask.changeSettings(changes);
    },
  },
  announce: command(none, (ask) => ask.announce()),
  health: command(none, (ask) => ask.health()),
};
