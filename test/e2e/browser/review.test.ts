import { describe, expect, it } from "vitest";
import type { ClustersAnswer, PeopleAnswer, ReviewAnswer } from "../../../src/wire/out/schemas.ts";
import { makeEncoding, makeNear } from "../../make/encoding.ts";
import { openBrowser, openPage, PHONE } from "./browser.ts";
import { findInBothThemes } from "./find-violations.ts";
import { makeFaces, startSystem } from "./system.ts";

/** Anna and Bo are named from five and four faces; `again` publishes faces around a person's, `away` from them. */
async function start() {
  const system = await startSystem();
  await system.publish(await makeFaces([5, 4]));
  await system.discover();
  const clusters = async () => (await system.get<ClustersAnswer>("api/faces/clusters")).clusters;
  for (const [i, { id }] of (await clusters()).entries()) {
    await system.send("POST", `api/faces/clusters/${id}/assign`, { name: i === 0 ? "Anna" : "Bo" });
  }
  let made = 0;
  async function again(person: number, away: number, count: number) {
    made++;
    const middle = makeNear(makeEncoding(person), away, made);
    const [pictured] = await makeFaces([1], person);
    const faces = Array.from({ length: count }, (_, i) => ({
      id: `again-${made}-${i}`,
      camera: "garden",
      thumbnail: pictured?.thumbnail ?? "",
      encoding: [...makeNear(middle, 0.1, made * 100 + i)],
    }));
    await system.publish(faces);
  }
  const people = async () =>
    (await system.get<PeopleAnswer>("api/faces/registry")).people.map((one) => `${one.name} ${one.faces}`).sort();
  const open = async () => (await system.get<ReviewAnswer>("api/review")).open;
  return { system, again, people, open };
}

describe("the review", { timeout: 60_000 }, () => {
  it("asks one question at a time, sure ones first, remembers what is answered and undoes it where it was asked", async () => {
    const { system, again, people, open } = await start();
    await again(1, 0.05, 4);
    await again(2, 0.05, 3);
    await system.discover();
    const all = await open();
    expect(all).toBe(2);
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/?page=review`, PHONE);
    await page.getByText(`Question 1 of ${all}`).first().waitFor();
    // No navigation on a phone, two photos at one size, what Yes does over the buttons.
    expect(await page.locator("nav").isVisible()).toBe(false);
    const sizes = await page
      .locator(".duo .big")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
    expect(sizes[0]).toBeGreaterThan(140);
    expect(sizes[1]).toBe(sizes[0]);
    const bar = page.getByRole("region", { name: "Answer" });
    await bar.getByText("Yes adds 4 photos to Anna.").waitFor();

    await bar.getByRole("button", { name: "Yes" }).tap();
    await bar.getByText("to Bo.").waitFor();
    await expect.poll(people).toEqual(["Anna 9", "Bo 4"]);
    await page.getByRole("button", { name: "Undo: yes, Anna" }).tap();
    await bar.getByText("Yes adds 4 photos to Anna.").waitFor();
    await expect.poll(people).toEqual(["Anna 5", "Bo 4"]);
    expect(await open()).toBe(all);

    await bar.getByRole("button", { name: "Yes" }).tap();
    await bar.getByText("to Bo.").waitFor();
    await bar.getByRole("button", { name: "Not sure" }).tap();
    await expect.poll(open).toBe(all - 2);
    await page.getByRole("button", { name: "Undo: not sure whether Bo" }).tap();
    await bar.getByText("to Bo.").waitFor();
    await expect.poll(open).toBe(all - 1);
    await bar.getByRole("button", { name: "No", exact: true }).tap();
    await expect.poll(open).toBe(all - 2);
    expect(await people()).toEqual(["Anna 9", "Bo 4"]);
    // A reload asks only what is open.
    await page.reload();
    if (all > 2)
      await page
        .getByText(`Question 1 of ${all - 2}`)
        .first()
        .waitFor();
    else await page.getByRole("heading", { name: "No questions now" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("accepts all sure ones as one change, says at the end what came of it, all by keys", async () => {
    const { system, again, people } = await start();
    await again(1, 0.05, 3);
    await again(2, 0.05, 2);
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=review`);
    await page.getByRole("button", { name: "Look at them" }).click();
    const sheet = page.getByRole("dialog");
    expect(await findInBothThemes(page)).toEqual([]);
    await sheet.getByText("2 photos, Bo").click();
    await sheet.getByRole("button", { name: "Accept" }).click();
    await expect.poll(people).toEqual(["Anna 8", "Bo 4"]);
    await page.keyboard.press("z");
    await expect.poll(people).toEqual(["Anna 5", "Bo 4"]);
    await page.getByRole("button", { name: "Accept 2" }).click();
    await page.getByRole("heading", { name: "All 2 answered" }).waitFor();
    await page.getByText("5 photos have a name now: Anna 3 and Bo 2.").waitFor();
    expect(await people()).toEqual(["Anna 8", "Bo 6"]);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(await findInBothThemes(page)).toEqual([]);

    await page.keyboard.press("z");
    await page.getByText("Question 1 of 2").first().waitFor();
    await expect.poll(people).toEqual(["Anna 5", "Bo 4"]);
    await page.keyboard.press("y");
    await page.getByText("Yes adds 2 photos to Bo.").waitFor();
    expect(await findInBothThemes(page)).toEqual([]);
    await page.keyboard.press("n");
    await page.getByText("3 photos have a name now: Anna 3. One group stays unknown.").waitFor();
    await expect.poll(people).toEqual(["Anna 8", "Bo 4"]);
  });

  it("goes back to a question whose group has changed, says why, and asks it as it is now", async () => {
    const { system, again, people } = await start();
    await again(1, 0.05, 3);
    await system.discover();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=review`);
    const bar = page.getByRole("region", { name: "Answer" });
    await bar.getByText("Yes adds 3 photos to Anna.").waitFor();
    await again(1, 0.06, 1);
    await system.discover();
    await page.keyboard.press("y");
    await bar.getByText("This group changed while you were looking at it.").waitFor();
    expect(await people()).toEqual(["Anna 5", "Bo 4"]);
    await page.keyboard.press("y");
    await expect.poll(people).toEqual(["Anna 9", "Bo 4"]);
  });

  it("has no filled button for what is only perhaps, and is answered by a swipe", async () => {
    const { system, again, people } = await start();
    await system.send("PATCH", "api/settings", { "recognition.threshold": 0.3 });
    for (const away of [0.36, 0.4, 0.44, 0.48, 0.52]) await again(1, away, 3);
    await system.send("PATCH", "api/settings", { "recognition.threshold": null });
    await system.discover();
    const { questions } = await system.get<ReviewAnswer>("api/review");
    expect(questions.map(({ level }) => level)).toContain("perhaps");
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=review`, PHONE);
    const bar = page.getByRole("region", { name: "Answer" });
    await bar.waitFor();
    for (const { level } of questions) {
      expect(await bar.locator(".act.main").count()).toBe(level === "sure" ? 1 : 0);
      if (level === "perhaps") break;
      await bar.getByRole("button", { name: "Not sure" }).tap();
    }
    const before = await page
      .getByText(/^Question \d+ of/)
      .first()
      .textContent();
    const box = await page.locator(".duo").boundingBox();
    const at = { x: (box?.x ?? 0) + 100, y: (box?.y ?? 0) + 80 };
    const touch = await page.context().newCDPSession(page);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", x?: number) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: x === undefined ? [] : [{ x, y: at.y }] });
    await send("touchStart", at.x);
    for (const by of [20, 60, 110, 150]) await send("touchMove", at.x + by);
    await send("touchEnd");
    await expect.poll(people).not.toEqual(["Anna 5", "Bo 4"]);
    expect(
      await page
        .getByText(/^Question \d+ of/)
        .first()
        .textContent(),
    ).not.toBe(before);
  });
});
