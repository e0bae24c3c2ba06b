import { existsSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type DownloadOptions, download, mayRedirect } from "../../../../src/embed/models/fetch/download.ts";
import { startHttpServer } from "../../../helpers/http-server.ts";
import { tempFolder } from "../../../helpers/temp-folder.ts";

async function fetchFrom(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: Partial<DownloadOptions> = {},
): Promise<string> {
  const { url } = await startHttpServer(answer);
  const file = join(tempFolder(), "got");
  const done = download(`${url}/file`, file, { maxBytes: 100, signal: new AbortController().signal, ...options });
  await done.catch((error: unknown) => {
    expect(existsSync(file)).toBe(false);
    throw error;
  });
  return file;
}

describe("download", () => {
  it("writes what comes into a private file, and says how much has come", async () => {
    const received: number[] = [];
    const file = await fetchFrom((_, response) => response.end("0123456789"), {
      onProgress: (all) => received.push(all),
    });
    expect(readFileSync(file, "utf8")).toBe("0123456789");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(received.at(-1)).toBe(10);
  });

  it("follows redirects", async () => {
    const file = await fetchFrom((request, response) => {
      if (request.url === "/file") response.writeHead(302, { location: "/elsewhere" }).end();
      else response.end("here");
    });
    expect(readFileSync(file, "utf8")).toBe("here");
  });

  it("gives up on redirects in a circle", async () => {
    const fetching = fetchFrom((_, response) => response.writeHead(302, { location: "/file" }).end());
    await expect(fetching).rejects.toThrow("it redirects more than 5 times");
  });

  it("follows no redirect to anything but HTTP, and none from https to http", async () => {
    const fetching = fetchFrom((_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end());
    await expect(fetching).rejects.toThrow("it redirects to file://, which is not followed");
    const [plain, secure] = [new URL("http://a"), new URL("https://b")];
    expect(mayRedirect(secure, plain)).toBe(false);
    expect(mayRedirect(secure, secure) && mayRedirect(plain, secure) && mayRedirect(plain, plain)).toBe(true);
  });

  it("says what the server answered", async () => {
    const fetching = fetchFrom((_, response) => response.writeHead(404).end("no"));
    await expect(fetching).rejects.toMatchObject({ code: "MODELS_MISSING", message: /127\.0\.0\.1:.*it answered 404/ });
  });

  it("breaks off where too much is announced, or comes", async () => {
    const announced = fetchFrom((_, response) => response.end("x".repeat(101)));
    await expect(announced).rejects.toThrow("it gives 101 bytes or more; at most 100 are taken");
    const endless = fetchFrom((_, response) => {
      const more = () => response.write("x".repeat(1_000), () => setImmediate(more));
      more();
    });
    await expect(endless).rejects.toThrow("at most 100 are taken");
  });

  it("notices a connection that breaks", async () => {
    const fetching = fetchFrom((_, response) => {
      response.writeHead(200, { "content-length": "50" });
      response.write("half", () => response.destroy());
    });
    await expect(fetching).rejects.toThrow(/did not give .*: terminated/);
  });

  it("gives up when nothing comes any more", async () => {
    const fetching = fetchFrom((_, response) => response.write("some"), { stallMs: 200 });
    await expect(fetching).rejects.toThrow("nothing came any more");
  });

  it("says that a host cannot be reached", async () => {
    const { url, close } = await startHttpServer(() => undefined);
    await close();
    const file = join(tempFolder(), "got");
    const fetching = download(url, file, { maxBytes: 100, signal: new AbortController().signal });
    await expect(fetching).rejects.toMatchObject({ code: "MODELS_MISSING", message: /ECONNREFUSED/ });
    expect(existsSync(file)).toBe(false);
  });

  it("ends when it is stopped", async () => {
    const stop = new AbortController();
    const fetching = fetchFrom((_, response) => response.write("some", () => stop.abort()), { signal: stop.signal });
    await expect(fetching).rejects.toMatchObject({ name: "AbortError" });
  });
});
