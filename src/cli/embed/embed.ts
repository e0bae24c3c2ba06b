import { loadConfig } from "../../config/load.ts";
import type { Config } from "../../config/schema.ts";
import { systemClock } from "../../domain/clock.ts";
import { StartRefused } from "../../domain/errors.ts";
import { createEmbedder } from "../../embed/embedder.ts";
import { toModelsDir } from "../../embed/models/layout.ts";
import { requireModels } from "../../embed/models/require-models.ts";
import { createLog } from "../../logging.ts";
import { toEmbeddedRefusal } from "../../mqtt/embed/broker-refusal.ts";
import type { WorkerBroker } from "../../mqtt/embed/connection.ts";
import { runWorker } from "../../mqtt/embed/worker.ts";
import { readPems } from "../../mqtt/link/read-pems.ts";
import { createTopics } from "../../mqtt/topics.ts";
import { readVersion } from "../../version.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { ConfigOption } from "../options.ts";
import type { Terminal } from "../terminal.ts";

export interface EmbedOptions extends ConfigOption {
  /** The broker; defaults to the one of the configuration, with its login and certificates. */
  readonly url?: string;
  /** Of this worker, the same at each start. */
  readonly id: string;
  /** Topic filters of pictures besides `<base>/snapshot/+`; defaults to `snapshots.topics`. */
  readonly topics?: readonly string[];
  readonly username?: string;
  readonly password?: string;
  readonly baseTopic?: string;
  /** Do what the broker has assigned to this worker, take nothing new, and end its session. */
  readonly leave?: boolean;
}

/** Time for pictures under way at a signal; the process has 4.5 s. */
const GRACE_MS = 3_500;

/**
 * Takes pictures from the broker, beside other workers, and publishes their faces, until `terminal.stop` aborts.
 * @throws {StartRefused} when the broker cannot share pictures out, does not let this worker in, or weights are missing.
 */
export async function embed(options: EmbedOptions, terminal: Terminal): Promise<ExitCode> {
  const { config } = loadConfig({ file: options.config ?? null, environment: terminal.environment });
  const log = createLog(config.log, { interactive: terminal.stdout.isTTY === true });
  terminal.onCrash((err) => log.fatal({ err }, "crashed"));
  const broker = toBroker(options, config);
  const base = options.baseTopic ?? config.mqtt.baseTopic;
  const topics = createTopics(base, [], toFilters(options.topics ?? config.snapshots.topics));
  const { snapshots } = config;
  const modelsDir = toModelsDir(config);
  await requireModels(modelsDir, { worker: true });
  const pipeline = createEmbedder({ modelsDir, workers: snapshots.workers, log });
  // Timers alone would not keep the process alive while there is no connection.
  const alive = setInterval(() => undefined, 2 ** 30);
  try {
    const version = readVersion();
    log.info(
      { version, id: options.id, broker: new URL(broker.url).host, topics: topics.pictureFilters },
      "starting to take pictures",
    );
    const counts = await runWorker(
      {
        broker,
        topics,
        maxPictureBytes: snapshots.maxPictureBytes,
        maxAgeMs: config.recognition.maxAgeSeconds * 1_000,
        embed: pipeline.embed,
        gates: { minScore: snapshots.minScore, minFacePx: snapshots.minFacePx, minNorm: snapshots.minNorm },
        model: snapshots.model,
        graceMs: GRACE_MS,
        clock: systemClock,
        log,
      },
      options.leave === true,
      terminal.stop,
    );
    const session = options.leave === true && !terminal.stop.aborted ? "ended" : "kept by the broker";
    log.info({ ...counts, session }, "stopped");
    return EXIT.done;
  } finally {
    clearInterval(alive);
    await pipeline.stop();
  }
}

/** The broker of the options, or else of the configuration, whose login goes to no other. */
function toBroker({ id, url, username, password }: EmbedOptions, { mqtt }: Config): WorkerBroker {
  const clientId = `faces2mqtt_embed_${id}`;
  if (url !== undefined) {
    const login = { username: username ?? null, password: password ?? null };
    return { url: toUrl(url), clientId, ...login, ca: null, cert: null, key: null, rejectUnauthorized: true };
  }
  if (mqtt.url === null) throw toEmbeddedRefusal();
  return {
    url: mqtt.url,
    clientId,
    username: username ?? mqtt.username,
    password: password ?? mqtt.password,
    rejectUnauthorized: mqtt.rejectUnauthorized,
    ...readPems(mqtt),
  };
}

function toUrl(url: string): string {
  if (URL.canParse(url) && /^(mqtts?|wss?):\/\/[^@]+$/i.test(url)) return url;
  // What was given may have a password in it.
  throw new StartRefused("--url: expected a URL such as mqtts://host:8883, without user and password in it");
}

function toFilters(filters: readonly string[]): readonly string[] {
  for (const filter of filters) {
    if (filter.startsWith("$") || !filter.split("/").includes("+")) {
      throw new StartRefused(
        `--topics ${filter}: expected a topic filter such as cameras/+/jpeg, with a + for the camera`,
      );
    }
  }
  return filters;
}
