import { describe, expect, it } from "vitest";
import { eventOfFace } from "../../../src/domain/pictures/event-of-face.ts";
import type { Snapshot, Subject } from "../../../src/domain/pictures/snapshot.ts";

const picture = { width: 1000, height: 500 };

/** A face of 40 px around a point. */
const faceAt = (x: number, y: number) => ({ x: x - 20, y: y - 20, width: 40, height: 40 });

const subject = (eventId: string, x: number): Subject => ({
  eventId,
  zones: ["porch"],
  subLabel: null,
  area: { x, y: 0.2, width: 0.2, height: 0.8 },
});

const snapshot = (subjects?: readonly Subject[]): Snapshot => ({
  camera: "front",
  picture: new Uint8Array(),
  capturedAt: null,
  eventId: "whole",
  zones: [],
  subLabel: null,
  history: false,
  ...(subjects ? { subjects } : {}),
});

describe("the event of a face", () => {
  it("is the picture's when no subjects are known", () => {
    expect(eventOfFace(snapshot(), faceAt(10, 10), { ...picture, faces: 3 }).eventId).toBe("whole");
  });

  it("is that of the subject it lies in", () => {
    const two = snapshot([subject("left", 0.1), subject("right", 0.6)]);
    expect(eventOfFace(two, faceAt(200, 150), { ...picture, faces: 2 })).toMatchObject({
      eventId: "left",
      zones: ["porch"],
    });
    expect(eventOfFace(two, faceAt(700, 150), { ...picture, faces: 2 }).eventId).toBe("right");
  });

  it("reaches a little beyond the area, for people walk on", () => {
    const two = snapshot([subject("left", 0.1), subject("right", 0.6)]);
    expect(eventOfFace(two, faceAt(340, 150), { ...picture, faces: 2 }).eventId).toBe("left");
  });

  it("is none where two subjects overlap, and none outside of all", () => {
    const overlapping = snapshot([subject("left", 0.1), subject("right", 0.2)]);
    expect(eventOfFace(overlapping, faceAt(250, 150), { ...picture, faces: 2 }).eventId).toBeNull();
    expect(eventOfFace(overlapping, faceAt(950, 150), { ...picture, faces: 2 })).toEqual({
      eventId: null,
      zones: [],
      subLabel: null,
    });
  });

  it("prefers the area it lies in to one it is only near", () => {
    const near = snapshot([subject("left", 0.1), subject("right", 0.3)]);
    expect(eventOfFace(near, faceAt(280, 150), { ...picture, faces: 2 }).eventId).toBe("left");
  });

  it("is the lone subject's when there is one face only, wherever it is", () => {
    const one = snapshot([subject("left", 0.1)]);
    expect(eventOfFace(one, faceAt(900, 50), { ...picture, faces: 1 }).eventId).toBe("left");
    expect(eventOfFace(one, faceAt(900, 50), { ...picture, faces: 2 }).eventId).toBeNull();
  });
});
