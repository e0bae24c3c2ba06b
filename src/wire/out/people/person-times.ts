import { type Static, Type } from "typebox";
import type { Person } from "../../../domain/person.ts";
import type { LocalHour } from "../../../domain/text/timezone.ts";
import { named, toNamed } from "../values.ts";

const counts = {
  faces: Type.Integer(),
  recognized: Type.Integer({ description: "of these, those that were recognized and not assigned" }),
};

export const PersonTimesAnswerSchema = Type.Object({
  ...named,
  days: Type.Array(Type.Object({ day: Type.String({ description: "YYYY-MM-DD" }), ...counts }), {
    description: "oldest first, without those that have no faces",
  }),
  hours: Type.Array(Type.Integer(), { minItems: 24, maxItems: 24, description: "faces by the hour of the day" }),
  cameras: Type.Array(Type.Object({ camera: Type.String(), ...counts }), { description: "most faces first" }),
});
export type PersonTimesAnswer = Static<typeof PersonTimesAnswerSchema>;

interface Counted {
  readonly at: Date;
  readonly camera: string;
  readonly faces: number;
  readonly recognized: number;
}

/** @param counted oldest first */
export function toPersonTimesAnswer(
  person: Person,
  counted: readonly Counted[],
  toLocal: (at: Date) => LocalHour,
): PersonTimesAnswer {
  const hours = new Array<number>(24).fill(0);
  const days = new Map<string, { faces: number; recognized: number }>();
  const cameras = new Map<string, { faces: number; recognized: number }>();
  const add = (counts: typeof days, key: string, { faces, recognized }: Counted): void => {
    const before = counts.get(key) ?? { faces: 0, recognized: 0 };
    counts.set(key, { faces: before.faces + faces, recognized: before.recognized + recognized });
  };
  for (const one of counted) {
    const { day, hour } = toLocal(one.at);
    hours[hour] = (hours[hour] ?? 0) + one.faces;
    add(days, day, one);
    add(cameras, one.camera, one);
  }
  return {
    ...toNamed(person),
    days: [...days].map(([day, counts]) => ({ day, ...counts })),
    hours,
    cameras: [...cameras]
      .map(([camera, counts]) => ({ camera, ...counts }))
      .sort((a, b) => b.faces - a.faces || a.camera.localeCompare(b.camera)),
  };
}
