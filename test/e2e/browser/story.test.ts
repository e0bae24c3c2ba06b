import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { realFaces, realLabels, sharedData } from "../../helpers/shared-data.ts";
import { DESKTOP, openBrowser, openPage, PHONE } from "./browser.ts";
import { startSystem } from "./system.ts";

const data = sharedData();
const FACES = 400;

describe.skipIf(data === null)("from the first start to a recognized event (needs the folder of real faces)", () => {
  it.each([
    ["a desktop", DESKTOP],
    ["a phone", PHONE],
  ])("on %s", { timeout: 120_000 }, async (_, device) => {
    const folder = data as string;
    const system = await startSystem({ storage: { frames_dir: join(folder, "lfw/frames") } });
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/`, device);

    await page.getByRole("heading", { name: "Waiting for the first face" }).waitFor();

    const faces = realFaces(folder).slice(0, FACES);
    const labels = realLabels(folder).slice(0, FACES);
    const [star] = labels.map((label) => label.person).filter((name) => name === "Jennifer_Capriati");
    const theirs = labels.flatMap((label, at) => (label.person === star ? [at] : []));
    const kept = theirs.at(-1) as number;
    await system.publish(faces.filter((_face, at) => at !== kept));

    await page.getByRole("heading", { name: `${FACES - 1} faces have been seen` }).waitFor();
    await page.getByRole("button", { name: "Look for new faces" }).click();
    await page.getByRole("heading", { level: 1, name: /^\d+ unknown faces$/ }).waitFor();

    // The group that holds most of the star's faces.
    const answer = await system.get<{ clusters: { id: string; size: number }[] }>("api/faces/clusters?limit=1000");
    const uids = new Set(theirs.map((at) => faces[at]?.id));
    let best = { id: "", hits: 0 };
    for (const { id } of answer.clusters.filter((cluster) => cluster.size > 1)) {
      const { faces: members } = await system.get<{ faces: { uid: string }[] }>(`api/faces/clusters/${id}`);
      const hits = members.filter((face) => uids.has(face.uid)).length;
      if (hits > best.hits) best = { id, hits };
    }
    await page.goto(`${system.url}/?page=group&id=${best.id}`);
    await page.locator("[data-item]").first().waitFor();

    await page.keyboard.press("n");
    await page.keyboard.type("Jennifer");
    await page.keyboard.press("Enter");
    await page
      .getByText(/photos are now Jennifer/)
      .first()
      .waitFor();

    const event = new Promise<{ event_type: string; person: string | null }>((resolve) => {
      system.client.on("message", (_topic, payload) => resolve(JSON.parse(payload.toString())));
    });
    await system.client.subscribeAsync("faces2mqtt/event", { qos: 1 });
    const { timestamp: _then, ...again } = faces[kept] as (typeof faces)[number];
    await system.publish([{ ...again, id: "just-now" }]);
    expect(await event).toMatchObject({ event_type: "recognized", person: "Jennifer" });

    await page.goto(`${system.url}/?page=people`);
    await page.getByRole("heading", { name: "You know one person" }).waitFor();
    await page.getByRole("link", { name: /Jennifer/ }).waitFor();
    expect(complaints).toEqual([]);
  });
});
