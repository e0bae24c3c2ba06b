import { join } from "node:path";
import { expect, it } from "vitest";
import type { ClusterAnswer, ClustersAnswer, PeopleAnswer } from "../../../src/wire/out/schemas.ts";
import { realFaces, realLabels, sharedData } from "../../helpers/shared-data.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { startSystem } from "./system.ts";

const folder = sharedData();
const FACES = 300;
const GROUPS = 10;
const MOST_TAPS = 3;

it.skipIf(!folder)(
  "ten real groups get a name on a phone, with at most three taps and a name each",
  {
    timeout: 180_000,
  },
  async () => {
    const system = await startSystem({
      storage: { frames_dir: join(folder ?? "", "lfw/frames"), retention_days: 0 },
      recognition: { threshold: 0.3 },
    });
    const faces = realFaces(folder ?? "").slice(0, FACES);
    const who = new Map(realLabels(folder ?? "").map(({ id, person }) => [id, person.replaceAll("_", " ")]));
    await system.publish(faces);
    await system.discover();
    const { clusters } = await system.get<ClustersAnswer>("api/faces/clusters?limit=200");
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/`, PHONE);
    await page.evaluate(() => {
      const { dataset } = document.documentElement;
      addEventListener("pointerup", () => Object.assign(dataset, { taps: Number(dataset.taps ?? 0) + 1 }), true);
    });
    const taps = () => page.evaluate(() => Number(document.documentElement.dataset.taps ?? 0));

    const named: string[] = [];
    for (const { id, size } of clusters) {
      if (named.length === GROUPS) break;
      const { faces: members } = await system.get<ClusterAnswer>(`api/faces/clusters/${id}`);
      const name = who.get(members[0]?.uid ?? "") ?? "";
      // Whoever has a name already is asked about in the review.
      if (size < 2 || named.includes(name)) continue;
      const before = await taps();
      await page.locator(`[data-cluster="${id}"]`).tap();
      await page.getByRole("region", { name: "What to do" }).getByRole("button", { name: "Name…" }).tap();
      await page.keyboard.type(name);
      await page.keyboard.press("Enter");
      await page.getByText(`photos are now ${name}`).waitFor();
      await page.locator("[data-at]").first().waitFor();
      expect((await taps()) - before).toBeLessThanOrEqual(MOST_TAPS);
      // The focus goes on to the next group.
      await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute("data-at"))).toBe(true);
      named.push(name);
    }
    const { people } = await system.get<PeopleAnswer>("api/faces/registry");
    expect(people.map((one) => one.name).sort()).toEqual(named.sort());
    expect(named).toHaveLength(GROUPS);
    expect(complaints).toEqual([]);
  },
);
