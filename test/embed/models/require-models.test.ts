import { describe, expect, it } from "vitest";
import { StartRefused } from "../../../src/domain/errors.ts";
import { requireModels } from "../../../src/embed/models/require-models.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { testModels } from "../../helpers/test-models.ts";

describe("requireModels", () => {
  it("refuses the start without weights and runtime, and says what to run", async () => {
    const folder = tempFolder();
    const refused = requireModels(folder);
    await expect(refused).rejects.toBeInstanceOf(StartRefused);
    await expect(refused).rejects.toThrow(
      [
        `snapshots.enabled is true, but ${folder} lacks what pictures need:`,
        "  yunet: it is not there",
        "  sface: it is not there",
        "  runtime: it is not there",
        "Run `faces2mqtt models` (or `npm run models`), which fetches and verifies it, or set snapshots.enabled: false",
      ].join("\n"),
    );
  });

  it("says which runtime to use when all is there", async (context) => {
    const folder = testModels();
    if (folder === null) return context.skip("no weights and runtime here");
    expect(["node", "web"]).toContain(await requireModels(folder));
  });
});
