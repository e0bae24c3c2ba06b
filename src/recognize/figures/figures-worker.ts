import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { type FiguresInput, measureFigures } from "./measure-figures.ts";

/** Measures once, in a thread of its own: posts the figures and ends. An error ends it, too. */
if (!isMainThread) parentPort?.postMessage(measureFigures(workerData as FiguresInput));
