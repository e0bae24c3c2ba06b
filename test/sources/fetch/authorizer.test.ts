import { describe, expect, it } from "vitest";
import { createAuthorizer } from "../../../src/sources/fetch/authorizer.ts";

const MUFASA = { username: "Mufasa", password: "Circle of Life" };
/** The client's nonce in the examples of RFC 7616, section 3.9.1. */
const nonce = (): string => "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
const PARTS =
  'realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ' +
  'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

describe("createAuthorizer", () => {
  it.each([
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ])("answers the example of RFC 7616 with %s", (algorithm, response) => {
    const authorizer = createAuthorizer(MUFASA, nonce);
    expect(authorizer.challenge(`Digest ${PARTS}, algorithm=${algorithm}`)).toBe(true);
    const header = authorizer.authorize("GET", "/dir/index.html");
    expect(header).toContain(`response="${response}"`);
    expect(header).toContain(`algorithm=${algorithm}, qop=auth, nc=00000001`);
    expect(authorizer.authorize("GET", "/dir/index.html")).toContain("nc=00000002");
  });

  it("answers the example of RFC 2069, without qop", () => {
    const authorizer = createAuthorizer({ username: "Mufasa", password: "CircleOfLife" });
    authorizer.challenge('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"');
    const header = authorizer.authorize("GET", "/dir/index.html");
    expect(header).toContain('response="1949323746fe6a43ef61f9606e7febea"');
    expect(header).not.toContain("cnonce");
  });

  it("prefers digest, and takes the first that it can do", () => {
    const authorizer = createAuthorizer(MUFASA, nonce);
    const header = `Basic realm="a", Digest realm="b", nonce="1", algorithm=SHA-512-256, Digest realm="c", nonce="2", algorithm=MD5`;
    expect(authorizer.challenge(header)).toBe(true);
    expect(authorizer.authorize("GET", "/")).toContain('realm="c"');
  });

  it("sends a basic login only once it is asked for, and does not repeat one that was refused", () => {
    const authorizer = createAuthorizer({ username: "cam", password: "Tür:1" });
    expect(authorizer.authorize("GET", "/")).toBeNull();
    expect(authorizer.challenge('Basic realm="camera"')).toBe(true);
    expect(authorizer.authorize("GET", "/")).toBe(`Basic ${Buffer.from("cam:Tür:1").toString("base64")}`);
    expect(authorizer.challenge('Basic realm="camera"')).toBe(false);
  });

  it.each([[null], [""], ["Negotiate"], ['Digest realm="x"'], ['Digest realm="x", nonce="1", qop="auth-int"']])(
    "has no answer to %s",
    (header) => {
      const authorizer = createAuthorizer(MUFASA);
      expect(authorizer.challenge(header)).toBe(false);
      expect(authorizer.authorize("GET", "/")).toBeNull();
    },
  );

  it("escapes what stands in quotes", () => {
    const authorizer = createAuthorizer({ username: 'a"b\\', password: "" });
    authorizer.challenge('Digest realm="the \\"door\\"", nonce="1"');
    expect(authorizer.authorize("GET", "/")).toContain('username="a\\"b\\\\", realm="the \\"door\\""');
  });
});
