import { createHash } from "node:crypto";
import type { Box } from "../face.ts";

/** What a face in a picture has to pass before it is stored or compared. */
export interface Gates {
  /** The detector's, 0 to 1. */
  readonly minScore: number;
  /** Shorter side of the box, in pixels of the picture as it came. */
  readonly minFacePx: number;
  /** Length of the encoder's raw output: what it says of the picture's quality. */
  readonly minNorm: number;
}

/** The gate that a face did not pass. */
export const GATES = ["score", "size", "norm"] as const;
export type Gate = (typeof GATES)[number];

/** A face that was found in a picture. */
export interface FoundFace {
  /** In pixels of the upright picture as it came; may stick out of it. */
  readonly box: Box;
  /** The detector's, 0 to 1. */
  readonly score: number;
  /** The first gate that it failed; null: it passed them all. */
  readonly failed: Gate | null;
  /** Of the model's length; null when it failed before it was encoded. */
  readonly encoding: Float32Array | null;
  /** Length of the encoder's raw output; null without an encoding. */
  readonly norm: number | null;
  /** JPEG, at most 256 px, of the face with some margin. */
  readonly thumbnail: Uint8Array;
}

/** What was found in a picture. */
export interface PictureFaces {
  /** Of the upright picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** By falling score. */
  readonly faces: readonly FoundFace[];
}

/**
 * Finds the faces of a picture (JPEG, PNG or WebP) and encodes them.
 * @throws {PictureError} when it is no picture that can be taken; trying again is of no use.
 */
export type EmbedPicture = (picture: Uint8Array, gates: Gates) => Promise<PictureFaces>;

/** What runs the models: `node` is native, `web` WebAssembly. */
export type EmbedRuntime = "node" | "web";

/** Embeds pictures in threads of its own, which start with the first picture and end when there are none for a while. */
export interface Embedder {
  readonly embed: EmbedPicture;
  /** Pictures that are worked on at once; more than that only wait. */
  readonly workers: number;
  /** null: not known before the first picture. */
  readonly runtime: EmbedRuntime | null;
  /** Drops what is under way. */
  stop(): Promise<void>;
}

/** A picture that cannot be taken, and why: for people. */
export class PictureError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PictureError";
  }
}

/** What the camera pipeline says of what it sees. */
export interface TrackedEvent {
  /** What it calls it; one visit has one. */
  readonly eventId: string | null;
  /** Of Frigate's zones, those it was in; empty: not known. */
  readonly zones: readonly string[];
  /** The name that Frigate gave, if any. */
  readonly subLabel: string | null;
}

/** Someone whom the camera pipeline tracks, and where in the picture. */
export interface Subject extends TrackedEvent {
  /** In fractions of the picture's width and height. */
  readonly area: Box;
}

/** A picture as a source brought it. */
export interface Snapshot extends TrackedEvent {
  readonly camera: string;
  /** JPEG, PNG or WebP. */
  readonly picture: Uint8Array;
  /** When it was taken; null: at arrival. */
  readonly capturedAt: Date | null;
  /** It is from the past: its faces are stored, but cause no event and set no state. */
  readonly history: boolean;
  /**
   * Whom the camera pipeline tracks in the picture; each face is of the event that `eventOfFace` finds. Absent: the picture
   * has one event, `eventId`, and so have all its faces.
   */
  readonly subjects?: readonly Subject[];
}

/**
 * What a picture is known by: the first 16 hex digits of SHA-256 over camera and bytes, so that the same picture of the same
 * camera counts once, by whatever way and however often it comes.
 */
export function toSnapshotId(camera: string, picture: Uint8Array): string {
  return createHash("sha256").update(camera).update(picture).digest("hex").slice(0, 16);
}

/** `queued`: it will be looked at. `known`: the very same picture was there before. `full`: it was not taken. */
export interface TakenSnapshot {
  /** See {@link toSnapshotId}. */
  readonly snapshotId: string;
  readonly outcome: "queued" | "known" | "full";
}

/**
 * Queues a picture. When the camera's queue is full, its oldest picture makes room (`newest`) or this one is not taken
 * (`refuse`).
 */
export type TakeSnapshot = (snapshot: Snapshot, whenFull: "newest" | "refuse") => TakenSnapshot;
