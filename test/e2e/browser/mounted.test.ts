import { describe, expect, it } from "vitest";
import { DESKTOP, openBrowser, openPage } from "./browser.ts";
import { findInBothThemes } from "./find-violations.ts";
import { startProxy } from "./proxy.ts";
import { makeFaces, startSystem } from "./system.ts";

const PREFIX = "/api/hassio_ingress/a_b-C3/";
const frameOf = (src: string, style = "") =>
  `<!doctype html><html lang="en" style="${style}"><title>Dashboard</title><iframe src="${src}" style="width:100%;height:90vh"></iframe></html>`;

describe("the panel elsewhere than at the root of its own window", { timeout: 60_000 }, () => {
  it("works under any path prefix, and asks for nothing outside of it", async () => {
    const system = await startSystem();
    await system.publish(await makeFaces([5, 3]));
    await system.discover();
    const proxy = await startProxy({ target: system.url, prefix: PREFIX });
    const { page, complaints } = await openPage(await openBrowser(), `${proxy.url}${PREFIX}`);
    const outside: string[] = [];
    page.on("request", (request) => {
      if (!new URL(request.url()).pathname.startsWith(PREFIX)) outside.push(request.url());
    });
    await page.getByRole("option", { name: /, 5 photos,/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Name for these 5 photos" }).fill("Anna");
    await page.keyboard.press("Enter");
    await page.getByText("5 photos are now Anna").first().waitFor();
    await page.getByRole("link", { name: "People", exact: true }).click();
    await page.getByRole("link", { name: /Anna/ }).click();
    await page.getByRole("heading", { level: 1, name: "Anna" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Anna" }).waitFor();
    await expect
      .poll(() => page.locator(".me img").evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("works in a frame of another site, where the browser keeps no cookie", async () => {
    // The other site, at localhost: for a browser another site than 127.0.0.1.
    const pages: Record<string, string> = {};
    const proxy = await startProxy({ target: "http://127.0.0.1:1", prefix: "/nothing/", pages });
    const outer = proxy.url.replace("127.0.0.1", "localhost");
    const system = await startSystem({
      http: { token: "open sesame, please", frame_ancestors: [outer] },
    });
    await system.publish(await makeFaces([5, 3]));
    await system.discover();
    const browser = await openBrowser();
    const context = await browser.newContext({ ...DESKTOP, locale: "en-GB" });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    pages["/"] = frameOf(`${system.url}/?embed`);
    await page.goto(`${outer}/`);
    const panel = page.frameLocator("iframe");
    await panel.getByRole("textbox", { name: "Token" }).fill("open sesame");
    await panel.getByRole("button", { name: "Sign in" }).click();
    await panel.getByText("Wrong token.").waitFor();
    await panel.getByRole("textbox", { name: "Token" }).fill("open sesame, please");
    await panel.getByRole("button", { name: "Sign in" }).click();

    await panel.getByRole("heading", { name: "2 unknown faces" }).waitFor();
    expect(await panel.getByRole("navigation").isVisible()).toBe(true);
    const picture = panel.locator(".cell img").first();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await panel.getByRole("option", { name: /, 5 photos,/ }).focus();
    await panel.getByRole("option", { name: /, 5 photos,/ }).press("Enter");
    await panel.getByRole("combobox", { name: "Name for these 5 photos" }).fill("Anna");
    await panel.getByRole("combobox", { name: "Name for these 5 photos" }).press("Enter");
    await panel.getByText("5 photos are now Anna").first().waitFor();
  });

  it("remembers by cookie who has signed in, where it is a page of its own", async () => {
    const system = await startSystem({ http: { token: "open sesame, please" } });
    const { page, complaints } = await openPage(await openBrowser(), `${system.url}/`);
    await page.getByRole("textbox", { name: "Token" }).fill("open sesame, please");
    expect(await findInBothThemes(page)).toEqual([]);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Waiting for the first face" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Waiting for the first face" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("takes over the system's colours in a frame of the same origin, and follows them", async () => {
    const system = await startSystem();
    const proxy = await startProxy({
      target: system.url,
      prefix: PREFIX,
      pages: {
        "/": frameOf(
          PREFIX,
          "--primary-text-color:#e1e1e1;--card-background-color:rgb(28,28,28);--primary-color:#03a9f4",
        ),
      },
    });
    const { page } = await openPage(await openBrowser(), `${proxy.url}/`);
    const panel = page.frameLocator("iframe");
    const card = panel.locator(".card").first();
    await expect
      .poll(() => card.evaluate((element) => getComputedStyle(element).backgroundColor))
      .toBe("rgb(28, 28, 28)");
    expect(await panel.locator("html").getAttribute("data-theme")).toBe("dark");
    await page.evaluate(() =>
      document.documentElement.style.setProperty("--card-background-color", "rgb(250, 250, 240)"),
    );
    await expect
      .poll(() => card.evaluate((element) => getComputedStyle(element).backgroundColor))
      .toBe("rgb(250, 250, 240)");
    expect(await panel.locator("html").getAttribute("data-theme")).toBe("light");
  });

  it("does what its address says: page, theme, language, no chrome", async () => {
    const system = await startSystem();
    const { page } = await openPage(await openBrowser(), `${system.url}/?page=people&theme=dark&lang=de&embed`);
    await page.getByRole("heading", { name: "Du kennst noch niemanden" }).waitFor();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    expect(await page.getByRole("navigation").isVisible()).toBe(true);
    await page.getByRole("link", { name: "Unbekannte Gesichter öffnen" }).click();
    await page.getByRole("heading", { name: "Wartet auf das erste Gesicht" }).waitFor();
    expect(page.url()).toContain("theme=dark");
  });
});
