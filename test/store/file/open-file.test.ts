import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it, onTestFinished } from "vitest";
import { openFile } from "../../../src/store/file/open-file.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Collects garbage; what a round of the event loop refers to lives until its end. */
async function collectAll(): Promise<void> {
  await new Promise((done) => setTimeout(done, 20));
  collect();
}

it("nothing that a connection makes becomes garbage: Node 24 dies of it", async () => {
  const folder = tempFolder();
  const db = openFile(join(folder, "a.db"));
  const made: WeakRef<object>[] = [new WeakRef(db.prepare("SELECT 1"))];
  const inside = Object.getOwnPropertySymbols(db).map((symbol) => Reflect.get(db, symbol));
  const addon = inside.find((one) => typeof one?.backup === "function");
  const prototype = Object.getPrototypeOf(addon);
  const { backup } = prototype;
  prototype.backup = function (...args: unknown[]) {
    const one = backup.apply(this, args);
    made.push(new WeakRef(one));
    return one;
  };
  onTestFinished(() => {
    prototype.backup = backup;
  });
  await openFile(join(folder, "b.db")).backup(join(folder, "copy.db"));
  const control = new WeakRef({});
  await collectAll();
  expect(made.map((one) => one.deref() !== undefined)).toEqual([true, true]);
  expect(control.deref()).toBeUndefined();
});
