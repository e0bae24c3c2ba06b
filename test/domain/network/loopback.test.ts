import { expect, test } from "vitest";
import { isLoopback, plainAddress, toReachableHost } from "../../../src/domain/network/loopback.ts";

test.each(["127.0.0.1", "127.8.8.8", "[::1]", "::1", "::ffff:127.0.0.1", "localhost", "LOCALHOST", "x.localhost"])(
  "%s is reached from this machine only",
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

test.each([
  "0.0.0.0",
  "::",
  "::2",
  "192.168.1.5",
  "128.0.0.1",
  "127.0.0.1.example",
  "127.evil.example",
  "localhost.example",
  "nas.local",
  "",
])("%s is, or may be, reached from elsewhere", (host) => {
  expect(isLoopback(host)).toBe(false);
});

test("an IPv4 address is unwrapped from IPv6", () => {
  expect(plainAddress("::ffff:172.30.32.2")).toBe("172.30.32.2");
  expect(plainAddress("fe80::1")).toBe("fe80::1");
  expect(plainAddress(undefined)).toBeUndefined();
});

test.each([
  ["0.0.0.0", "127.0.0.1"],
  ["::", "127.0.0.1"],
  ["[::]", "127.0.0.1"],
  ["::1", "[::1]"],
  ["[fe80::1]", "[fe80::1]"],
  ["192.168.1.5", "192.168.1.5"],
  ["nas.local", "nas.local"],
])("what listens on %s is reached at %s", (host, reachable) => {
  expect(toReachableHost(host)).toBe(reachable);
});
