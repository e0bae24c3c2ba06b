import { faces, number } from "./words.ts";

/** What the question says whether two people are one. */
export const discover = {
  merge: {
    joinTitle: (one: string, other: string) => `${one} und ${other} zusammenlegen`,
    joinHint: (name: string, f: number, looks: number) =>
      `${name} kennst du schon. Zusammen haben sie ${faces(f)} und ${looks === 1 ? "ein Aussehen" : `${number(looks)} Aussehen`}. Danach sind sie eine Person namens ${name}.`,
    join: "Zusammenlegen",
  },
};
