import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Clock } from "../domain/clock.ts";
import type { Log } from "../domain/log.ts";
import type { RegistryEdit, Store } from "../store/port.ts";
import { type RegistryData, toRegistryData, toRegistryText } from "./format/format.ts";
import { toDifference } from "./format/merge.ts";
import { parseRegistry } from "./format/parse.ts";
import { createIntake, isUnacceptable } from "./intake.ts";
import { printRemembered, readRemembered } from "./journal.ts";
import { createBases } from "./merge-bases.ts";
import { createFileProblems } from "./problems.ts";
import { createSetAside } from "./quarantine.ts";
import { look, signatureOf, type Version } from "./read-file.ts";
import { createAsides } from "./replaced-files.ts";
import { createTurns } from "./serial.ts";
import { clearLeftovers, type WriteSome, writeAtomic } from "./write-atomic.ts";

/** How often the file is looked at. Asking beats being told: renames, network folders and containers all work. */
const POLL_MS = 250;
/** A change is read once it has stood so long… */
const SETTLE_MS = 200;
/** …or, while it goes on changing, after this. */
const IMPATIENT_MS = 1_000;
/** What is not valid may be a save that has not ended; unchanged for so long, it is not valid for good. */
const REJECT_AFTER_MS = 1_000;
/** Some editors take the file away for a moment while they save. */
const MISSING_AFTER_MS = 500;
/** File systems keep times coarsely: a file younger than this may change again without its times showing it. */
const COARSE_TIME_MS = 2_000;
/** Between two attempts after a failure, such as a full disk. */
const RETRY_MS = 5_000;
/** Our own writes in a row, when somebody saves into each of them. */
const MAX_ROUNDS = 5;

export interface RegistryFileDeps {
  /** Where `face_registry.json` is. */
  readonly folder: string;
  readonly store: Pick<Store, "registry" | "rememberedRegistry" | "rememberRegistry" | "erasedAt">;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "warn" | "error">;
  /** Makes an edit by another program so. May call and await `write`, and wait for others who do. */
  readonly applyEdit: (edit: RegistryEdit) => Promise<unknown>;
  /** A condition a person should know of; null: it is over. */
  readonly onProblem: (message: string | null) => void;
  /** How bytes get onto the disk; for tests of full ones. */
  readonly writeSome?: WriteSome;
}

export interface RegistryFile {
  /** Reconciles file and database, then watches the file. */
  start(): Promise<void>;
  /** Ends watching; what is being written is written. */
  stop(): Promise<void>;
  /**
   * Brings the file up to what the database has. Calls that wait share one write. A failure is told as a problem and tried
   * again, never thrown. While an edit is being taken in it resolves at once: the file is written right after.
   */
  write(): Promise<void>;
  /** Deletes the files that were set aside, and takes back what was told of them: somebody is erased, who may be in there. */
  dropRejected(): Promise<void>;
}

type Found =
  | { readonly kind: "known" | "missing" | "changing" }
  | { readonly kind: "taken"; readonly behind: boolean }
  | ({ readonly kind: "invalid"; readonly problem: string } & Version);

/**
 * `face_registry.json`, which other programs read and write: the projection of the people in the database, and what
 * others make of it. Everything runs in turn, but the applying of an edit lets those go on who wait for a write.
 */
export function createRegistryFile(deps: RegistryFileDeps): RegistryFile {
  const { store, clock, log } = deps;
  const writing = { keepReplaced: true, ...(deps.writeSome ? { writeSome: deps.writeSome } : {}) };
  const path = join(deps.folder, "face_registry.json");
  const bases = createBases();
  const problems = createFileProblems(deps.onProblem);
  const setAside = createSetAside(path, clock);
  const turns = createTurns(() => guarded(() => project({ patient: false })));
  let applying = false;
  const intake = createIntake({ store, applyEdit, bases, onReturned: tellReturned, log });
  const asides = createAsides({ take: takeAside, keep: reject, isKept: setAside.has, clock });

  /** What the file said when we last wrote or read it. */
  let seen: { readonly text: string | null; readonly data: RegistryData } = { text: null, data: NOBODY };
  /** Signature of a file known to hold `seen.text`. */
  let checked: string | null = null;
  /** A change that is not read yet. */
  let unsettled: { readonly signature: string | null; readonly sinceMs: number; readonly firstMs: number } | null =
    null;
  let retryAtMs = Number.NEGATIVE_INFINITY;
  let unwritten = false;
  let cancelPoll: (() => void) | null = null;
  let running = false;

  async function applyEdit(edit: RegistryEdit): Promise<void> {
    applying = true;
    turns.release();
    try {
      await deps.applyEdit(edit);
    } finally {
      applying = false;
    }
  }

  function tellReturned(names: readonly string[]): void {
    const who = names.join(", ");
    problems.set(
      "returned",
      names.length === 0
        ? null
        : `erased before, and back with face_registry.json, which another program saved: ${who}`,
    );
  }

  async function takeAside(data: RegistryData, base: RegistryData, savedMs: number): Promise<void> {
    if (await intake.take(base, data, savedMs)) unwritten = true;
    problems.set("rejected", null);
  }

  async function reject(file: string, problem: string): Promise<void> {
    const kept = basename(await setAside.keep(file));
    log.warn({ kept, problem }, "the registry file was not valid and is set aside");
    problems.set("rejected", `face_registry.json was not valid and is set aside as ${kept}: it ${problem}`);
  }

  /** Looks at the file and takes in what is new and valid. */
  async function absorb(): Promise<Found> {
    const found = await look(path);
    if (found === null) return { kind: "changing" };
    if (found.kind === "missing") return found;
    if (found.kind === "unreadable") return { ...found, kind: "invalid" };
    const { text, signature, changedMs } = found;
    if (text === seen.text) {
      if (clock.now().getTime() - changedMs > COARSE_TIME_MS) checked = signature;
      return { kind: "known" };
    }
    const parsed = parseRegistry(text);
    if (parsed.problems) return { kind: "invalid", problem: parsed.problems.join("; "), signature, changedMs };
    try {
      const behind = await intake.take(seen.data, parsed.data, changedMs);
      seen = { text, data: parsed.data };
      checked = null;
      await store.rememberRegistry(printRemembered({ written: text, pending: null }));
      problems.set("rejected", null);
      return { kind: "taken", behind };
    } catch (error) {
      if (!isUnacceptable(error)) throw error;
      return { kind: "invalid", problem: `cannot be taken in: ${error.message}`, signature, changedMs };
    }
  }

  /**
   * Writes what the database has, after taking in what others wrote; again when somebody saved meanwhile.
   * @param options.patient Nobody waits for it: somebody else's save may end first.
   */
  async function project({ patient }: { readonly patient: boolean }): Promise<void> {
    unwritten = true;
    for (let round = 0; unwritten && round < MAX_ROUNDS; round++) {
      const { kind } = await absorb();
      if (patient && kind === "invalid" && !(await setAside.has(path))) return;
      unwritten = false;
      const people = await store.registry();
      const text = toRegistryText(people, intake.extras());
      if (text === seen.text && kind !== "missing" && kind !== "invalid") return;
      unwritten = true;
      await store.rememberRegistry(printRemembered({ written: seen.text, pending: text }));
      const { aside } = await writeAtomic(path, text, writing);
      const before = seen;
      if (aside) asides.add(aside, before.data, [before.text]);
      const written = await stat(path).catch(() => null);
      bases.replaced(before.data, written?.mtimeMs ?? clock.now().getTime());
      seen = { text, data: toRegistryData(people) };
      checked = null;
      unwritten = false;
      await store.rememberRegistry(printRemembered({ written: text, pending: null }));
      await asides.visit();
    }
  }

  async function poll(): Promise<void> {
    await asides.visit();
    if (problems.has("rejected") && !(await setAside.remains())) problems.set("rejected", null);
    const signature = await signatureOf(path);
    if (signature !== null && signature === checked) {
      unsettled = null;
    } else {
      const nowMs = clock.monotonicMs();
      if (unsettled?.signature !== signature) {
        unsettled = { signature, sinceMs: nowMs, firstMs: unsettled?.firstMs ?? nowMs };
      }
      const quietMs = nowMs - unsettled.sinceMs;
      if (quietMs >= SETTLE_MS || nowMs - unsettled.firstMs >= IMPATIENT_MS) await read(quietMs);
    }
    if (unwritten) await project({ patient: true });
  }

  async function read(quietMs: number): Promise<void> {
    const found = await absorb();
    if (found.kind === "known" || found.kind === "taken") unsettled = null;
    if (found.kind === "taken" && found.behind) unwritten = true;
    if (found.kind === "missing" && quietMs >= MISSING_AFTER_MS) {
      unsettled = null;
      unwritten = true;
    }
    if (found.kind === "invalid" && quietMs >= REJECT_AFTER_MS) await rejectFile(found.problem);
  }

  async function rejectFile(problem: string): Promise<void> {
    await reject(path, problem);
    unsettled = null;
    unwritten = true;
  }

  /** Nothing that goes wrong with the file stops the daemon; it is told, and tried again. */
  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      problems.set("failure", null);
    } catch (error) {
      log.error({ err: error }, "the registry file could not be brought up to date; it is tried again");
      const reason = error instanceof Error ? error.message : String(error);
      problems.set("failure", `face_registry.json could not be brought up to date: ${reason}`);
      retryAtMs = clock.monotonicMs() + RETRY_MS;
    }
  }

  function schedule(): void {
    cancelPoll = clock.after(POLL_MS, () => {
      void turns
        .run(async () => {
          if (running && clock.monotonicMs() >= retryAtMs) await guarded(poll);
        })
        .then(() => {
          if (running) schedule();
        });
    });
  }

  async function reconcile(): Promise<void> {
    const { written, pending } = readRemembered(await store.rememberedRegistry());
    const found = await look(path);
    // A crash between noting and writing, or between writing and noting: the file is the one or the other, or an edit of it.
    const candidates = [written, pending].filter((text) => text !== null).map((text) => ({ text, data: dataOf(text) }));
    const theirs = found?.kind === "text" ? parseRegistry(found.text).data : null;
    const sizeOf = (one: { data: RegistryData }) => (theirs ? toDifference(one.data, theirs).size : 0);
    const [nearest] = candidates.toSorted((a, b) => sizeOf(a) - sizeOf(b));
    seen = nearest ?? seen;
    await intake.bind(seen.data);
    for (const one of await clearLeftovers(path)) asides.add(one, dataOf(written), [written, pending]);
    await asides.visit();
    const state = await absorb();
    if (state.kind === "invalid") {
      // Somebody may be saving at this very moment; then it is left to the watching.
      if (Math.abs(clock.now().getTime() - state.changedMs) < REJECT_AFTER_MS) return;
      await rejectFile(state.problem);
    }
    if (state.kind !== "taken" || state.behind || unwritten) await project({ patient: true });
  }

  return {
    async start() {
      running = true;
      await turns.run(() => guarded(reconcile));
      schedule();
    },
    async stop() {
      running = false;
      cancelPoll?.();
      await turns.idle();
    },
    async write() {
      if (applying) unwritten = true;
      else await turns.join();
    },
    async dropRejected() {
      await setAside.drop();
      problems.set("rejected", null);
      problems.set("returned", null);
    },
  };
}

function dataOf(text: string | null): RegistryData {
  return (text === null ? null : parseRegistry(text).data) ?? NOBODY;
}

const NOBODY: RegistryData = { people: [], extras: [] };
