import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { type ProjectionInput, projectLikeness } from "./project-likeness.ts";

/** Lays out once, in a thread of its own: posts the layout and ends. An error ends it, too. */
if (!isMainThread) parentPort?.postMessage(projectLikeness(workerData as ProjectionInput));
