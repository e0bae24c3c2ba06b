import { createCameras } from "../../demo/cameras.ts";
import { DAY_SECONDS } from "../../demo/day.ts";
import { openCameraClient } from "../../mqtt/link/camera-client.ts";
import { createTopics } from "../../mqtt/topics.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { say, type Terminal } from "../terminal.ts";
import type { DemoCamerasOptions } from "./demo-cameras-process.ts";

/**
 * The demo's cameras, in a process of their own, because the daemon's process must not read SVG. Prints one line when the
 * past is published, and one at the end.
 */
export async function demoCameras(options: DemoCamerasOptions, terminal: Terminal): Promise<ExitCode> {
  const { url, baseTopic, frames, seed, pace, past, days } = options;
  const topics = createTopics(baseTopic);
  const publisher = await openCameraClient({ url, username: null, password: null });
  const cameras = createCameras({
    publish: (camera, payload) => publisher.publish(topics.embedding(camera), payload),
    framesDir: frames,
    seed,
    stop: terminal.stop,
  });
  try {
    const faces = await cameras.publishPast(past);
    if (!terminal.stop.aborted)
      say(terminal, faces === 0 ? "Nobody was here before." : `${faces} faces of before today are in.`);
    for (let day = 1; day <= days && !terminal.stop.aborted; day++) await cameras.playDay(day, DAY_SECONDS / pace);
    if (!terminal.stop.aborted) say(terminal, "Everybody sleeps now: no more faces. The panel stays open.");
  } catch (error) {
    // Stopping may interrupt a publication.
    if (!terminal.stop.aborted) throw error;
  } finally {
    await publisher.close();
  }
  return EXIT.done;
}
