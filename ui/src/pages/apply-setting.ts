import type { SettingsAnswer } from "../../../src/wire/schemas.ts";
import type { App } from "../app.ts";

type Settings = SettingsAnswer["settings"];

/** What a setting was: its override is put back, or taken back where there was none. */
type Before<K extends keyof Settings> = Pick<Settings[K], "value" | "source">;

/** Changes a setting and says so in a toast that takes it back; says why where it did not work. */
export async function applySetting<K extends keyof Settings>(
  app: App,
  key: K,
  value: Settings[K]["value"],
  before: Before<K>,
  say: (now: Settings[K]) => string,
): Promise<boolean> {
  if (value === before.value) return true;
  try {
    const answer = await app.house.change({ [key]: value });
    app.takeSettings(answer);
    const back = before.source === "database" ? before.value : null;
    app.toasts.show({
      text: say(answer.settings[key]),
      undo: () => void app.house.change({ [key]: back }).then(app.takeSettings, app.complain),
    });
    return true;
  } catch (error) {
    app.complain(error);
    return false;
  }
}
