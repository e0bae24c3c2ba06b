import type { Config } from "../../config/schema.ts";
import { FacesError, StartRefused } from "../../domain/errors.ts";
import type { TakenSnapshot } from "../../domain/pictures/snapshot.ts";
import { createFetchBytes } from "../fetch/fetch-bytes.ts";
import { FetchFailed } from "../fetch/fetch-failed.ts";
import { fetchPicture } from "../fetch/fetch-picture.ts";
import { createPulledCamera, type PulledCamera, type PulledCameraDeps } from "./pulled-camera.ts";

type Entry = Config["snapshots"]["pull"][number];

/** Home Assistant's Supervisor, which an app reaches without a token that is typed. */
export interface Supervisor {
  /** `http://supervisor` */
  readonly url: string;
  readonly token: string;
}

export interface PullDeps extends Pick<PulledCameraDeps, "take" | "report" | "subscribe" | "clock" | "random" | "log"> {
  /** `snapshots.pull` */
  readonly entries: readonly Entry[];
  readonly maxPictureBytes: number;
  /** null: this is not an app of Home Assistant. */
  readonly supervisor: Supervisor | null;
}

/** Pictures that are fetched from cameras. */
export interface Pull {
  start(): void;
  /** Ends what is under way. */
  stop(): Promise<void>;
  /**
   * Fetches a picture of the camera now, from the first of its entries.
   * @throws {FacesError} `NOT_FOUND` without an entry for it, `CAMERA_FAILED` when it gives no picture.
   */
  fetchNow(camera: string): Promise<TakenSnapshot>;
}

/** @throws {StartRefused} for an entity where there is no Supervisor to ask. */
export function createPull({ entries, maxPictureBytes, supervisor, ...deps }: PullDeps): Pull {
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  function createCamera(entry: Entry, at: number): PulledCamera {
    const { address, headers } = toAddress(entry, supervisor);
    const earlier = entries.slice(0, at).filter((one) => one.camera === entry.camera).length;
    const { username, password = "" } = entry;
    const fetchBytes = createFetchBytes({
      addresses: [address],
      headers,
      login: username === undefined ? null : { username, password },
      maxBytes: maxPictureBytes,
      stop: stopping.signal,
    });
    const url = new URL(address);
    return createPulledCamera({
      ...deps,
      camera: entry.camera,
      source: `pull:${entry.camera}${earlier === 0 ? "" : `:${earlier + 1}`}`,
      origin: entry.entity ?? url.host,
      intervalMs: entry.intervalSeconds === undefined ? null : entry.intervalSeconds * 1000,
      on: entry.on ?? null,
      async fetchPicture() {
        const fetching = fetchPicture(fetchBytes, url);
        const settled = fetching.catch(() => undefined);
        underWay.add(settled);
        void settled.then(() => underWay.delete(settled));
        return await fetching;
      },
    });
  }

  const cameras = entries.map((entry, at) => ({ name: entry.camera, camera: createCamera(entry, at) }));

  return {
    start() {
      for (const { camera } of cameras) camera.start();
    },

    async stop() {
      for (const { camera } of cameras) camera.stop();
      stopping.abort();
      await Promise.all(underWay);
    },

    async fetchNow(name) {
      const found = cameras.find((one) => one.name === name);
      if (!found) {
        const names = [...new Set(cameras.map((one) => one.name))].join(", ") || "no camera";
        throw new FacesError("NOT_FOUND", `no picture of "${name}" can be fetched: snapshots.pull has ${names}`);
      }
      try {
        return await found.camera.fetchNow();
      } catch (error) {
        if (!(error instanceof FetchFailed)) throw error;
        throw new FacesError("CAMERA_FAILED", `no picture of "${name}" can be fetched: ${error.message}`);
      }
    },
  };
}

/**
 * Where an entry's pictures are. A camera of Home Assistant is asked through the Supervisor
 * (https://developers.home-assistant.io/docs/apps/communication, https://developers.home-assistant.io/docs/api/rest).
 */
function toAddress(
  { camera, url, entity }: Entry,
  supervisor: Supervisor | null,
): { address: string; headers: Readonly<Record<string, string>> } {
  if (url !== undefined) return { address: url, headers: {} };
  if (supervisor === null) {
    throw new StartRefused(
      `snapshots.pull: ${entity ?? camera} can be asked only where faces2mqtt runs as an app of Home Assistant. ` +
        "Elsewhere give the camera's own url, or let an automation publish its pictures",
    );
  }
  return {
    address: `${supervisor.url}/core/api/camera_proxy/${entity}`,
    headers: { authorization: `Bearer ${supervisor.token}` },
  };
}
