import type { App } from "../app.ts";
import { type Changes, type Settings, toUndo, withChanges } from "../state/settings/overrides.ts";

/**
 * Changes settings: shown at once, put back with the reason when the daemon does not agree. A toast says what is in force
 * now, and takes it back. True: it is as wished.
 */
export async function applySettings(
  app: App,
  changes: Changes,
  before: Settings,
  say: (now: Settings) => string,
): Promise<boolean> {
  app.takeSettings({ settings: withChanges(before, changes) });
  try {
    const answer = await app.house.change(changes);
    app.takeSettings(answer);
    const text = say(answer.settings);
    app.toasts.show({ text, undo: () => void takeBack(app, toUndo(before, changes), text) });
    return true;
  } catch (error) {
    app.takeSettings({ settings: before });
    app.complain(error);
    return false;
  }
}

async function takeBack(app: App, changes: Changes, what: string): Promise<void> {
  try {
    app.takeSettings(await app.house.change(changes));
    app.toasts.show({ text: app.t.common.undone(what) });
  } catch (error) {
    app.complain(error);
  }
}
