import { faces, number } from "./words.ts";

/** What the question says whether two people are one. */
export const discover = {
  merge: {
    joinTitle: (one: string, other: string) => `This merges ${one} with ${other}`,
    joinHint: (name: string, f: number, looks: number) =>
      `You already know ${name}. Together they have ${faces(f)} and ${number(looks)} ${looks === 1 ? "look" : "looks"}. They become one person, called ${name}.`,
    join: "Merge them",
  },
};
