import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type PQueue from "p-queue";
import type { Clock } from "../domain/clock.ts";
import type { Log } from "../domain/log.ts";
import type { RegistryEdit, Store } from "../store/port.ts";
import { createFileProblems } from "./file-problems.ts";
import { type FileState, type FileVersion, readFileState, signatureOf } from "./file-state.ts";
import { type RegistryData, toRegistryData, toRegistryText } from "./format/format.ts";
import { parseRegistry } from "./format/parse.ts";
import { createIntake, type Taken } from "./intake.ts";
import { createMergeBases } from "./merge-bases.ts";
import { createOwnTexts } from "./own-texts.ts";
import { createQuarantine } from "./quarantine.ts";
import { createReplacedCopies } from "./replaced-copies.ts";
import { clearLeftovers, type WriteSome, writeAtomic } from "./write-atomic.ts";

/** How often the file is checked. Polling works with renames, network folders and containers alike. */
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
/** Our own writes in a row, when another program saves into each of them. */
const MAX_ROUNDS = 5;

const EMPTY: RegistryData = { people: [], extras: [] };

export interface RegistryFileDeps {
  /** Where `face_registry.json` is. */
  readonly folder: string;
  readonly store: Pick<Store, "models" | "registry" | "registryRecord" | "saveRegistryRecord" | "erasedAt">;
  /** One at a time: the changes to people, and what is done with the file. */
  readonly queue: Pick<PQueue, "add" | "onIdle">;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "warn" | "error">;
  /** Commits an edit by another program. Runs inside a slot of the queue and must not wait for another one. */
  readonly applyEdit: (edit: RegistryEdit) => Promise<unknown>;
  /** A condition a person should know of; null: it is over. */
  readonly onProblem: (message: string | null) => void;
  /** How bytes get onto the disk; for tests of full ones. */
  readonly writeSome?: WriteSome;
}

export interface RegistryFile {
  /** Reconciles file and database, then watches the file. */
  start(): Promise<void>;
  /** Ends watching, and waits until the queue is empty. */
  stop(): Promise<void>;
  /**
   * Brings the file up to what the database has, after taking in what others saved. To be called inside a slot of the
   * queue. A failure is reported as a problem and tried again, never thrown.
   */
  write(): Promise<void>;
  /** Deletes the files in quarantine, and closes the problems about them: an erased person may be in there. */
  dropQuarantine(): Promise<void>;
}

type Found =
  | { readonly kind: "known" | "missing" | "changing" }
  | (Taken & { readonly kind: "taken" })
  | (Taken & { readonly kind: "invalid" } & FileVersion);

/**
 * `face_registry.json`, which other programs read and write: the projection of the people in the database, and what
 * others make of it. All that is done with it runs in the queue of the changes to people.
 */
export function createRegistryFile(deps: RegistryFileDeps): RegistryFile {
  const { store, queue, clock, log, applyEdit } = deps;
  const path = join(deps.folder, "face_registry.json");
  const ownTexts = createOwnTexts(store);
  const mergeBases = createMergeBases();
  const problems = createFileProblems(deps.onProblem);
  const quarantine = createQuarantine(path, clock);
  const intake = createIntake({ store, applyEdit, mergeBases, onReturned: reportReturned, log });
  const copies = createReplacedCopies({ path, take, quarantine: reject, isQuarantined: quarantine.has, clock });

  /** What the file said when we last wrote or read it. */
  let seen: { readonly text: string | null; readonly data: RegistryData } = { text: null, data: EMPTY };
  /** A text whose writing failed, perhaps only after the file had it. */
  let begun: string | null = null;
  /** Signature of a file known to hold `seen.text`. */
  let checked: string | null = null;
  /** A change that is not read yet. */
  let unsettled: { readonly signature: string | null; readonly sinceMs: number; readonly firstMs: number } | null =
    null;
  let retryAtMs = Number.NEGATIVE_INFINITY;
  let unwritten = false;
  let cancelPoll: (() => void) | null = null;
  let running = false;

  function dataOf(text: string | null): RegistryData {
    return (text === null ? null : parseRegistry(text, store.models()).data) ?? EMPTY;
  }

  function reportReturned(names: readonly string[]): void {
    const message = `erased before, and back with face_registry.json, which another program saved: ${names.join(", ")}`;
    problems.set("returned", names.length === 0 ? null : message);
  }

  /** From a replaced copy. */
  async function take(base: RegistryData, found: FileState & { kind: "text" }): Promise<string | null> {
    const taken = await intake.take(base, found);
    if (taken.kind === "invalid") return taken.problem;
    if (taken.behind) unwritten = true;
    problems.set("rejected", null);
    return null;
  }

  async function reject(file: string, problem: string): Promise<void> {
    const kept = basename(await quarantine.keep(file));
    log.warn({ kept, problem }, "the registry file was not valid and is kept in quarantine");
    problems.set("rejected", `face_registry.json was not valid and is quarantined as ${kept}: it ${problem}`);
  }

  /** Reads the file and takes in what is new and valid. */
  async function absorb(): Promise<Found> {
    const found = await readFileState(path);
    if (found === null) return { kind: "changing" };
    if (found.kind === "missing") return found;
    if (found.kind === "unreadable") return { ...found, kind: "invalid" };
    const { text, signature, changedMs } = found;
    if (text === begun) seen = { text, data: dataOf(text) };
    if (text === seen.text) {
      if (clock.now().getTime() - changedMs > COARSE_TIME_MS) checked = signature;
      return { kind: "known" };
    }
    const taken = await intake.take(seen.data, found);
    if (taken.kind === "invalid") return { ...taken, signature, changedMs };
    seen = { text, data: taken.data };
    checked = null;
    await settle(text);
    problems.set("rejected", null);
    return taken;
  }

  /**
   * Makes what the file says now the merge base of the next start. Not before all replaced copies are read and gone: what
   * they hold was made of an older text, and must be compared with that one.
   */
  async function settle(text: string): Promise<void> {
    if (!copies.areOpen()) await ownTexts.saveMergeBase(text);
  }

  async function visitCopies(): Promise<void> {
    if (!copies.areOpen()) return;
    await copies.visit();
    if (seen.text !== null) await settle(seen.text);
  }

  /**
   * Writes what the database has, after taking in what others wrote; again when another program saved meanwhile.
   * @param options.patient No caller waits for it: a save that is under way may end first.
   */
  async function project({ patient }: { readonly patient: boolean }): Promise<void> {
    unwritten = true;
    for (let round = 0; unwritten && round < MAX_ROUNDS; round++) {
      const { kind } = await absorb();
      if (patient && kind === "invalid" && !(await quarantine.has(path))) return;
      unwritten = false;
      const people = await store.registry();
      const text = toRegistryText(people, intake.extras());
      if (text === seen.text && kind !== "missing" && kind !== "invalid") return;
      unwritten = true;
      await ownTexts.begin(text);
      begun = text;
      const keepReplacedAs = copies.add(seen.text, seen.data);
      await writeAtomic(path, text, { keepReplacedAs, ...(deps.writeSome ? { writeSome: deps.writeSome } : {}) });
      const written = await stat(path).catch(() => null);
      mergeBases.replaced(seen.data, written?.mtimeMs ?? clock.now().getTime());
      seen = { text, data: toRegistryData(people) };
      begun = null;
      checked = null;
      unwritten = false;
      await visitCopies();
    }
  }

  async function poll(): Promise<void> {
    await visitCopies();
    if (problems.has("rejected") && !(await quarantine.remains())) problems.set("rejected", null);
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

  /** Nothing that goes wrong with the file stops the daemon; it is reported, and tried again. */
  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      problems.set("failure", null);
    } catch (error) {
      log.error({ err: error }, "the registry file could not be updated; retrying");
      const reason = error instanceof Error ? error.message : String(error);
      problems.set("failure", `face_registry.json could not be updated: ${reason}`);
      retryAtMs = clock.monotonicMs() + RETRY_MS;
    }
  }

  function schedule(): void {
    if (!running) return;
    cancelPoll = clock.after(POLL_MS, () => {
      void queue
        .add(async () => {
          if (running && clock.monotonicMs() >= retryAtMs) await guarded(poll);
        })
        .then(schedule);
    });
  }

  async function reconcile(): Promise<void> {
    const mergeBase = await ownTexts.open();
    const found = await readFileState(path);
    const text = found?.kind === "text" && ownTexts.isOurs(found.text) ? found.text : mergeBase;
    seen = { text, data: dataOf(text) };
    await intake.bind(seen.data);
    await clearLeftovers(path);
    await copies.addLeftovers(dataOf(mergeBase));
    await copies.visit();
    if (text !== null && text !== mergeBase) await settle(text);
    const state = await absorb();
    if (state.kind === "invalid") {
      // Another program may be saving at this very moment; then it is left to the watching.
      if (Math.abs(clock.now().getTime() - state.changedMs) < REJECT_AFTER_MS) return;
      await rejectFile(state.problem);
    }
    if (state.kind !== "taken" || state.behind || unwritten) await project({ patient: true });
  }

  return {
    async start() {
      running = true;
      await queue.add(() => guarded(reconcile));
      schedule();
    },
    async stop() {
      running = false;
      cancelPoll?.();
      await queue.onIdle();
    },
    write: () => guarded(() => project({ patient: false })),
    async dropQuarantine() {
      await quarantine.drop();
      problems.set("rejected", null);
      problems.set("returned", null);
    },
  };
}
