import { describe, expect, it } from "vitest";
import type { RecognitionEvent } from "../../../src/domain/recognition.ts";
import { createFetchBytes } from "../../../src/sources/fetch/fetch-bytes.ts";
import { createFrigateApi } from "../../../src/sources/frigate/frigate-api.ts";
import { readPersonMessage } from "../../../src/sources/frigate/messages.ts";
import { createNamesBack } from "../../../src/sources/frigate/names-back.ts";
import { type FakeFrigate, type FakeFrigateOptions, startFrigate } from "../../helpers/frigate/fake-frigate.ts";
import { type FakePerson, toMessage } from "../../helpers/frigate/fake-person.ts";
import { makeClock } from "../../make/clock.ts";
import { makeRecognition } from "../../make/recognition.ts";

/** A recognition of `person` for Frigate's event. */
const recognized = (id: string | null, person: string, overrides: Partial<RecognitionEvent> = {}): RecognitionEvent =>
  makeRecognition({
    sourceEventId: id,
    who: { person, personId: person.toLowerCase(), score: 0.62, distance: 0.38 },
    delayed: false,
    ...overrides,
  });

async function start(options: FakeFrigateOptions = {}, login = { username: "", password: "" }) {
  const frigate = await startFrigate(options);
  const fetchBytes = createFetchBytes({ addresses: [frigate.url], maxBytes: 1e6, stop: new AbortController().signal });
  const named = login.username === "" ? { username: null, password: null } : login;
  const api = createFrigateApi({ url: frigate.url, ...named, fetchBytes, clock: makeClock() });
  const failures: (string | null)[] = [];
  const names = createNamesBack({ api, find: (id) => findPerson(frigate, id), report: (one) => failures.push(one) });
  const person = await frigate.appear({ camera: "front", isStored: true });
  return { frigate, names, failures, person };
}

/** As the tracker knows it. */
function findPerson(frigate: FakeFrigate, id: string) {
  const person = frigate.people.get(id);
  const after = person && toMessage(person, Date.now() / 1000, 17);
  return after ? readPersonMessage(Buffer.from(JSON.stringify({ type: "update", after }))) : null;
}

const posts = (frigate: FakeFrigate) => frigate.asked.filter((one) => one.startsWith("POST"));
const label = (person: FakePerson) => person.subLabel;

describe("a recognized name", () => {
  it("is written to Frigate's event as its sub-label, with its score, once", async () => {
    const { frigate, names, person, failures } = await start();
    await names.onRecognition(recognized(person.id, "Łukasz"));
    expect(label(person)).toEqual(["Łukasz", 0.62]);
    await names.onRecognition(recognized(person.id, "Łukasz"));
    expect(posts(frigate)).toHaveLength(1);
    expect(names.given(person.id)).toBe("Łukasz");
    expect(failures).toEqual([null, null]);
  });

  it("is written while Frigate has the event in memory only", async () => {
    const { names, person } = await start();
    person.isStored = false;
    await names.onRecognition(recognized(person.id, "Anna"));
    expect(label(person)?.[0]).toBe("Anna");
  });

  it.each([true, false])("is never written over one that is there (in the database: %s)", async (isStored) => {
    const { frigate, names, person } = await start();
    Object.assign(person, { isStored, subLabel: ["Set by hand", 1] });
    await names.onRecognition(recognized(person.id, "Anna"));
    expect(label(person)?.[0]).toBe("Set by hand");
    expect(posts(frigate)).toEqual([]);
  });

  it("is not written over one that was set by hand after ours, even within the seconds that nginx keeps answers", async () => {
    const { names, person } = await start();
    await names.onRecognition(recognized(person.id, "Anna"));
    person.subLabel = ["Eva", 1];
    await names.onRecognition(recognized(person.id, "Ben"));
    expect(label(person)?.[0]).toBe("Eva");
  });

  it("is put right by a later one, as long as it is ours", async () => {
    const { names, person } = await start();
    await names.onRecognition(recognized(person.id, "Anna"));
    await names.onRecognition(recognized(person.id, "Ben"));
    expect(label(person)?.[0]).toBe("Ben");
  });

  it("is one of two that come at the same time, and the later one at last", async () => {
    const { names, person } = await start();
    await Promise.all(["Anna", "Ben"].map((name) => names.onRecognition(recognized(person.id, name))));
    expect(label(person)?.[0]).toBe("Ben");
  });

  it("has no score where Frigate would take none", async () => {
    const { names, person } = await start();
    const who = { person: "Anna", personId: "anna", score: -0.1, distance: 1.1 };
    await names.onRecognition(recognized(person.id, "Anna", { who }));
    expect(label(person)).toEqual(["Anna", 0]);
  });

  it.each([
    ["when it is delayed", (id: string) => recognized(id, "Anna", { delayed: true })],
    ["when nobody was recognized", (id: string) => recognized(id, "Anna", { who: null })],
    ["for an event that is not Frigate's", () => recognized("double-take-7", "Anna")],
    ["without an event", () => recognized(null, "Anna")],
  ])("is not written %s", async (_, make) => {
    const { frigate, names, person } = await start();
    await names.onRecognition(make(person.id));
    expect(frigate.asked).toEqual([]);
  });

  it("that cannot be written is said, and the next one is tried", async () => {
    const users = { guest: { password: "right", role: "viewer" } } as const;
    const { names, person, failures, frigate } = await start({ users }, { username: "guest", password: "right" });
    await names.onRecognition(recognized(person.id, "Anna"));
    expect(failures.at(-1)).toMatch(/^Anna could not be written to Frigate as sub-label: .*users such as guest/);
    expect(names.given(person.id)).toBeNull();
    await frigate.stop();
    await names.onRecognition(recognized(person.id, "Anna"));
    expect(failures.at(-1)).toContain("ECONNREFUSED");
  });
});
