import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

const CHROMIUM = process.env.FACES2MQTT_TEST_CHROMIUM ?? "/usr/bin/chromium";

/** Sizes that the panel is looked at in. */
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;
export const DESKTOP = { viewport: { width: 1280, height: 900 } } as const;

/** A real browser; closed when the test is over. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  onTestFinished(() => browser.close());
  return browser;
}

/** A page, and what went wrong in it. */
export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Script errors, messages of the content policy, and requests to any other host than the page's own. */
  readonly complaints: readonly string[];
}

/** A page in a browser of its own (no cookie shared with others), on which nothing moves. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = DESKTOP,
): Promise<Watched> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const { origin } = new URL(url);
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && /content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (/^https?:$/.test(to.protocol) && to.origin !== origin) complaints.push(`foreign request: ${request.url()}`);
  });
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  return { context, page, complaints };
}
