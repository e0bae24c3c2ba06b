import type { SettingsAnswer } from "../../../src/wire/schemas.ts";
import type { App } from "../app.ts";
import { type Line, toUndo, withChanges } from "../state/strictness.ts";

/**
 * Changes where the lines are: shown at once, and put back with the reason when the daemon does not agree. `done` is what
 * the toast says, from which it can be taken back. True: changed.
 */
export async function changeLines(app: App, changes: Line["changes"], done: string): Promise<boolean> {
  const before = app.settings.get();
  if (!before) return false;
  app.takeSettings(withChanges(before, changes));
  return send(app, before, changes, { done, undo: toUndo(before, changes) });
}

/** Takes back what was chosen here, so that what is configured counts. True: changed. */
export async function useConfigured(app: App, key: keyof Line["changes"], done: string): Promise<boolean> {
  const before = app.settings.get();
  if (!before) return false;
  return send(app, before, { [key]: null }, { done, undo: { [key]: before.settings[key].value } });
}

type Values = Readonly<Record<string, number | null>>;

async function send(
  app: App,
  before: SettingsAnswer,
  changes: Values,
  told: { readonly done: string; readonly undo: Values },
): Promise<boolean> {
  try {
    app.takeSettings(await app.house.change(changes));
    app.toasts.show({ text: told.done, undo: () => void takeBack(app, told.undo) });
    return true;
  } catch (error) {
    app.takeSettings(before);
    app.complain(error);
    return false;
  }
}

async function takeBack(app: App, values: Values): Promise<void> {
  try {
    app.takeSettings(await app.house.change(values));
    app.toasts.show({ text: app.t.threshold.takenBack });
  } catch (error) {
    app.complain(error);
  }
}
