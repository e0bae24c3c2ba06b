// Writes registry files of changing sizes until it is killed: node write-loop.mjs FILE MODULE
// MODULE exports `writeAtomic`; without one the file is written the plain way.
import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";

const [file, module] = process.argv.slice(2);
const { writeAtomic } = module ? await import(module) : { writeAtomic: null };

for (let n = 0; ; n++) {
  const names = Array.from({ length: 200 + (n % 7) * 50 }, (_, i) => [
    `P${n}-${i}`,
    { embeddings: [], note: "x".repeat(2_000) },
  ]);
  const text = JSON.stringify({ people: Object.fromEntries(names) });
  if (writeAtomic) {
    const copy = `${file}.replaced.${process.pid}.${n}`;
    await writeAtomic(file, text, { keepReplacedAs: copy });
    await rm(copy, { force: true });
  } else {
    writeFileSync(file, text);
  }
  if (n === 0) process.stdout.write("ready\n");
}
