import type { App } from "../app.ts";
import { type Changes, type Settings, toUndo, withChanges } from "../state/settings/overrides.ts";

/**
 * Changes settings: shown at once, reverted with the reason if the daemon refuses. A toast says what is in force now and
 * offers undo. True on success.
 */
export async function applySettings(
  app: App,
  changes: Changes,
  before: Settings,
  say: (now: Settings) => string,
): Promise<boolean> {
  app.takeSettings({ settings: withChanges(before, changes) });
  try {
    const answer = await app.system.change(changes);
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
    app.takeSettings(await app.system.change(changes));
    app.toasts.show({ text: app.t.common.undone({ what }) });
  } catch (error) {
    app.complain(error);
  }
}
