import { openRuntime } from "../../runtime/open-runtime.ts";
import type { RuntimeKind } from "../layout.ts";

// A process of its own (see probe-runtime.ts): loads a runtime and lets YuNet search the smallest picture it takes. Why that
// does not work goes to standard output, since runtimes write warnings to the other.

const [modelsDir = "", kind = "", network = ""] = process.argv.slice(2);
try {
  const runtime = await openRuntime(modelsDir, [kind as RuntimeKind]);
  const run = await runtime.openNetwork(network, "input");
  const outputs = await run(new Float32Array(3 * 32 * 32), [1, 3, 32, 32]);
  if (!("cls_8" in outputs)) throw new Error("YuNet ran, but gave nothing");
} catch (error) {
  process.stdout.write((error as Error).message);
  process.exitCode = 1;
}
