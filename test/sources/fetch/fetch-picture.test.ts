import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { createFetchBytes, type FetchBytesDeps } from "../../../src/sources/fetch/fetch-bytes.ts";
import { FetchFailed } from "../../../src/sources/fetch/fetch-failed.ts";
import { fetchPicture } from "../../../src/sources/fetch/fetch-picture.ts";
import { freePort } from "../../helpers/free-port.ts";
import { makeJpeg, sendPicture, startCamera, type TestCamera } from "../../helpers/test-camera.ts";

const MAX_BYTES = 10_000;

/** What becomes of fetching from the camera: the picture, or why there is none. */
async function fetchFrom(
  camera: Pick<TestCamera, "url">,
  deps: Partial<FetchBytesDeps> = {},
  path = "/snap.jpg?user=admin&password=s3cret",
): Promise<Buffer | FetchFailed> {
  const fetchBytes = createFetchBytes({
    addresses: [camera.url],
    maxBytes: MAX_BYTES,
    stop: new AbortController().signal,
    totalMs: 5_000,
    idleMs: 5_000,
    ...deps,
  });
  return await fetchPicture(fetchBytes, new URL(path, camera.url)).catch((error: unknown) => {
    if (error instanceof FetchFailed) return error;
    throw error;
  });
}

function failureOf(result: Buffer | FetchFailed): { kind: string; message: string } {
  if (!(result instanceof FetchFailed)) throw new Error("it was fetched");
  expect(result.message).not.toContain("s3cret");
  return { kind: result.kind, message: result.message };
}

describe("fetchPicture", () => {
  it("fetches pictures, over kept connections", async () => {
    const camera = await startCamera((_, response) => sendPicture(response));
    const fetchBytes = createFetchBytes({
      addresses: [camera.url],
      maxBytes: MAX_BYTES,
      stop: new AbortController().signal,
    });
    for (let i = 0; i < 6; i++) {
      expect(await fetchPicture(fetchBytes, new URL("/a?b=c", camera.url))).toEqual(makeJpeg());
    }
    expect(camera.connections).toBeLessThan(6);
    expect(camera.asked[0]).toMatchObject({ method: "GET", path: "/a?b=c" });
  });

  it.each<[string, string, string, (response: ServerResponse) => void]>([
    [
      "announced too long",
      "too_large",
      "sent more than 10000 bytes",
      (r) => r.writeHead(200, { "content-length": 10_001 }).end(),
    ],
    [
      "endless",
      "too_large",
      "sent more than 10000 bytes",
      (r) => {
        r.write(makeJpeg());
        const more = setInterval(() => r.write(Buffer.alloc(1_000)), 1);
        r.on("close", () => clearInterval(more));
      },
    ],
    [
      "packed small",
      "too_large",
      "sent more than 10000 bytes",
      (r) => r.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(1_000_000))),
    ],
    ["a login page", "not_a_picture", "sent no JPEG, PNG or WebP picture", (r) => r.end("<html>log in, please</html>")],
    [
      "SVG that says it is JPEG",
      "not_a_picture",
      "sent no JPEG, PNG or WebP picture",
      (r) => r.writeHead(200, { "content-type": "image/jpeg" }).end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ["three bytes", "not_a_picture", "sent no JPEG, PNG or WebP picture", (r) => r.end("abc")],
    ["nothing", "not_a_picture", "sent nothing", (r) => r.writeHead(204).end()],
    [
      "a stream",
      "not_a_picture",
      "sends a stream (MJPEG), not a picture: the camera has another address for single pictures",
      // It never ends: that it is no picture is seen from its start.
      (r) => r.write("--frame\r\nContent-Type: image/jpeg\r\n\r\n"),
    ],
    ["404", "status", "answered HTTP 404", (r) => r.writeHead(404).end(makeJpeg())],
    ["an endless 500", "status", "answered HTTP 500", (r) => r.writeHead(500).write("it broke, and")],
    ["403", "login", "wants another login (HTTP 403)", (r) => r.writeHead(403).end()],
    [
      "a connection that dies in the middle",
      "unreachable",
      "ended the connection",
      (r) => {
        r.writeHead(200, { "content-length": 1_000 }).write(makeJpeg());
        setTimeout(() => r.destroy(), 20);
      },
    ],
  ])("refuses %s", async (_, kind, words, answer) => {
    const camera = await startCamera((_request, response) => answer(response));
    expect(failureOf(await fetchFrom(camera))).toEqual({ kind, message: `${new URL(camera.url).host} ${words}` });
  });

  it("says that nothing listens there", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expect(failureOf(await fetchFrom({ url }))).toEqual({
      kind: "unreachable",
      message: `${new URL(url).host} cannot be reached: ECONNREFUSED`,
    });
  });

  it("gives up on a camera that takes the connection and never answers", async () => {
    const silent = createServer();
    await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    expect(failureOf(await fetchFrom({ url }, { totalMs: 100 }))).toMatchObject({
      kind: "timeout",
      message: expect.stringMatching(/did not answer within 0\.1 s$/),
    });
  });

  it("gives up on a picture that stops coming, and on one that never ends though it goes on", async () => {
    const stuck = await startCamera((_, response) => void response.write(makeJpeg()));
    expect(failureOf(await fetchFrom(stuck, { idleMs: 80 })).kind).toBe("timeout");
    const slow = await startCamera((_, response) => {
      response.write(makeJpeg());
      const more = setInterval(() => response.write("x"), 5);
      response.on("close", () => clearInterval(more));
    });
    expect(failureOf(await fetchFrom(slow, { totalMs: 200, idleMs: 100 })).message).toMatch(/0\.2 s$/);
  });

  it("ends what is under way when the daemon stops", async () => {
    const stop = new AbortController();
    const camera = await startCamera(() => stop.abort());
    expect(failureOf(await fetchFrom(camera, { stop: stop.signal })).kind).toBe("stopped");
    expect(failureOf(await fetchFrom(camera, { stop: stop.signal })).kind).toBe("stopped");
  });

  it("tries once more when the camera closes a kept connection as it is used again", async () => {
    const camera = await startCamera((request, response) => {
      if (camera.asked.length === 1) request.socket.destroy();
      else sendPicture(response);
    });
    expect(await fetchFrom(camera)).toEqual(makeJpeg());
    expect(camera.asked).toHaveLength(2);
  });

  describe("redirects", () => {
    it("follows a few at the same server", async () => {
      const camera = await startCamera((request, response) => {
        const step = Number(request.url?.slice(1) || 0);
        if (step < 3) response.writeHead(302, { location: `/${step + 1}` }).end();
        else sendPicture(response);
      });
      expect(await fetchFrom(camera, {}, "/0")).toEqual(makeJpeg());
      camera.answer = (_, response) => response.writeHead(302, { location: "/" }).end();
      expect(failureOf(await fetchFrom(camera, {}, "/0")).kind).toBe("elsewhere");
    });

    it.each([
      ["http://169.254.169.254/latest/meta-data/"],
      ["http://127.0.0.1:1/"],
      ["//127.0.0.1:1/"],
      ["https://127.0.0.1/"],
      ["file:///etc/passwd"],
      ["http://["],
    ])("does not follow one to %s", async (location) => {
      const camera = await startCamera((_, response) => response.writeHead(302, { location }).end());
      expect(failureOf(await fetchFrom(camera))).toEqual({
        kind: "elsewhere",
        message: `${new URL(camera.url).host} redirects to another address, which is not followed`,
      });
    });

    it("reaches no other server inward, whether redirected or asked", async () => {
      const inner = await startCamera((_, response) => sendPicture(response));
      const camera = await startCamera((_, response) => response.writeHead(307, { location: inner.url }).end());
      expect(failureOf(await fetchFrom(camera)).kind).toBe("elsewhere");
      expect(failureOf(await fetchFrom(camera, {}, inner.url)).kind).toBe("elsewhere");
      expect(failureOf(await fetchFrom(camera, {}, `//${new URL(inner.url).host}/x`)).kind).toBe("elsewhere");
      expect(inner.asked).toEqual([]);
      // The control: named in the configuration, it is asked.
      expect(await fetchFrom(camera, { addresses: [inner.url] }, inner.url)).toEqual(makeJpeg());
    });
  });

  describe("logins", () => {
    const login = { username: "cam", password: "s3cret" };

    it("sends none to a camera that asks for none", async () => {
      const camera = await startCamera((_, response) => sendPicture(response));
      expect(await fetchFrom(camera, { login })).toEqual(makeJpeg());
      expect(camera.asked[0]?.headers.authorization).toBeUndefined();
    });

    it("sends a basic one when asked, from then on at once, and stops at a refusal", async () => {
      const expected = `Basic ${Buffer.from("cam:s3cret").toString("base64")}`;
      const camera = await startCamera((request, response) => {
        if (request.headers.authorization === expected) return sendPicture(response);
        response.writeHead(401, { "www-authenticate": 'Basic realm="camera"' }).end("who?");
      });
      const stop = new AbortController().signal;
      const fetchBytes = createFetchBytes({ addresses: [camera.url], maxBytes: MAX_BYTES, stop, login });
      const url = new URL(camera.url);
      expect(await fetchPicture(fetchBytes, url)).toEqual(makeJpeg());
      expect(await fetchPicture(fetchBytes, url)).toEqual(makeJpeg());
      expect(camera.asked.map((one) => one.headers.authorization)).toEqual([undefined, expected, expected]);
      const wrong = failureOf(await fetchFrom(camera, { login: { username: "cam", password: "s3cret?" } }));
      expect(wrong).toEqual({ kind: "login", message: `${url.host} wants another login (HTTP 401)` });
      expect(camera.asked).toHaveLength(5);
      expect(failureOf(await fetchFrom(camera)).kind).toBe("login");
      expect(camera.asked).toHaveLength(6);
    });

    it("sends a digest, counts its uses, and takes a new nonce when the old one is used up", async () => {
      const camera = await startDigestCamera(login, 2);
      const stop = new AbortController().signal;
      const fetchBytes = createFetchBytes({ addresses: [camera.url], maxBytes: MAX_BYTES, stop, login });
      const url = new URL("/snap.jpg?channel=1", camera.url);
      for (let i = 0; i < 5; i++) expect(await fetchPicture(fetchBytes, url)).toEqual(makeJpeg());
      // 5 pictures, and a challenge before the first, third and fifth.
      expect(camera.asked).toHaveLength(8);
      expect(camera.asked.some((one) => one.headers.authorization?.includes("s3cret"))).toBe(false);
    });

    it("a wrong digest is one failed login each time, not two", async () => {
      const camera = await startDigestCamera(login, 2);
      const stop = new AbortController().signal;
      const wrong = { username: "cam", password: "wrong" };
      const fetchBytes = createFetchBytes({ addresses: [camera.url], maxBytes: MAX_BYTES, stop, login: wrong });
      for (let i = 0; i < 2; i++) {
        await expect(fetchPicture(fetchBytes, new URL(camera.url))).rejects.toMatchObject({
          kind: "login",
          status: 401,
        });
      }
      expect(camera.asked.filter((one) => one.headers.authorization !== undefined)).toHaveLength(2);
    });

    it("hands headers on", async () => {
      const camera = await startCamera((_, response) => sendPicture(response));
      await fetchFrom(camera, { headers: { authorization: "Bearer abc" } });
      expect(camera.asked[0]?.headers.authorization).toBe("Bearer abc");
    });
  });
});

/** A camera with digest login, whose nonces are good for so many uses. */
async function startDigestCamera(login: { username: string; password: string }, mostUses: number): Promise<TestCamera> {
  const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
  let nonce = 0;
  let uses = 0;
  const isRight = ({ headers, method }: IncomingMessage): boolean => {
    const value = (name: string): string =>
      new RegExp(`[ ,]${name}="?([^",]*)`).exec(headers.authorization ?? "")?.[1] ?? "";
    if (value("nonce") !== String(nonce) || Number.parseInt(value("nc"), 16) !== uses + 1) return false;
    const [a1, a2] = [md5(`${login.username}:door:${login.password}`), md5(`${method}:${value("uri")}`)];
    return value("response") === md5(`${a1}:${nonce}:${value("nc")}:${value("cnonce")}:auth:${a2}`);
  };
  return await startCamera((request, response) => {
    if (uses < mostUses && isRight(request)) {
      uses += 1;
      return sendPicture(response);
    }
    nonce += 1;
    uses = 0;
    response.writeHead(401, { "www-authenticate": `Digest realm="door", qop="auth", nonce="${nonce}"` }).end();
  });
}
