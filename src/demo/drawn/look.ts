import { createDice, type Dice } from "../random.ts";
import { mix } from "./colour.ts";

/** Complexions, light to dark. */
const SKIN = ["#f8dcc8", "#f0c6a6", "#e2ad85", "#cc9168", "#a9704a", "#845234", "#613c28"] as const;
/** From this one of {@link SKIN} on, shade, lips and eyes are drawn darker. */
const DARK_SKIN = 4;
const HAIR = {
  black: "#1d1917",
  dark: "#3a2a20",
  brown: "#5e412b",
  chestnut: "#7a4526",
  ginger: "#b2572a",
  blond: "#d0a562",
  grey: "#95928e",
  white: "#e6e3de",
} as const;
/** Colours of clothes. */
export const CLOTH = [
  "#3c5a6b",
  "#8a4b3a",
  "#4e6147",
  "#c9b48a",
  "#2d3440",
  "#9a6f8f",
  "#b7553f",
  "#e3e0d8",
  "#56707f",
] as const;

type Tint = keyof typeof HAIR;
/** Hair that is seen behind the head. */
export type BackHair = "none" | "long" | "bob" | "bun" | "tail" | "afro" | "scarf";
/** What frames the forehead. */
export type Hairline = "none" | "centre" | "fringe" | "sweep" | "crop" | "quiff" | "curls" | "bald" | "cap";
export type Beard = "none" | "stubble" | "full" | "goatee" | "moustache";
export type Glasses = "none" | "round" | "square";

interface Traits {
  readonly skin: number;
  readonly tint: Tint;
  readonly back: BackHair;
  readonly line: Hairline;
  readonly beard: Beard;
  readonly glasses: Glasses;
  /** Half the head's width, and of the chin's. */
  readonly width: number;
  readonly jaw: number;
  readonly freckles: boolean;
  readonly aged: boolean;
  readonly rings: boolean;
  readonly hat: string;
  /** Body height against a grown-up's. */
  readonly height: number;
}

/** A person's constant features: bones, skin, hair. Sizes in hundredths of a portrait. */
export interface Look extends Omit<Traits, "skin" | "tint"> {
  readonly skin: string;
  readonly darkSkin: boolean;
  readonly shade: string;
  readonly hair: string;
  readonly paleHair: boolean;
  readonly iris: string;
  readonly eyeGap: number;
  readonly eyeSize: number;
  readonly brow: number;
  readonly nose: number;
  readonly mouth: number;
}

/** The regulars, designed to be distinguishable at a glance. */
const CAST: Readonly<Record<string, Partial<Traits>>> = {
  mother: { skin: 1, tint: "ginger", back: "long", line: "centre", freckles: true, width: 20.5, jaw: 9 },
  father: { skin: 1, tint: "brown", line: "quiff", beard: "full", width: 22.5, jaw: 17 },
  daughter: {
    skin: 1,
    tint: "chestnut",
    back: "bob",
    line: "sweep",
    freckles: true,
    glasses: "round",
    width: 20.5,
    jaw: 9,
    height: 0.92,
  },
  son: { skin: 1, tint: "blond", line: "fringe", width: 22, jaw: 12, height: 0.8, hat: "#3c5a6b" },
  grandmother: {
    skin: 0,
    tint: "white",
    back: "bun",
    line: "sweep",
    glasses: "round",
    width: 21.5,
    jaw: 13,
    aged: true,
  },
  courier: { skin: 2, tint: "dark", line: "cap", beard: "stubble", width: 22, jaw: 16, hat: "#8a4b3a" },
  neighbour: { skin: 5, tint: "black", back: "afro", line: "curls", width: 21, jaw: 11, rings: true },
  walker: {
    skin: 0,
    tint: "grey",
    line: "bald",
    beard: "moustache",
    glasses: "square",
    width: 23,
    jaw: 16,
    aged: true,
  },
  friend: { skin: 3, tint: "black", back: "scarf", line: "none", width: 20.5, jaw: 10, hat: "#9a6f8f" },
};
const PLAIN = {
  back: "none",
  beard: "none",
  glasses: "none",
  freckles: false,
  aged: false,
  rings: false,
  height: 1,
} as const;

/** The look of a person: a regular's own, or one that is drawn at random from the id. */
export function toLook(id: string): Look {
  const dice = createDice("who", id);
  const cast = CAST[id];
  const thrown = throwTraits(dice);
  const traits: Traits = cast ? { ...thrown, ...PLAIN, ...cast } : thrown;
  const darkSkin = traits.skin >= DARK_SKIN;
  const skin = SKIN[traits.skin] as string;
  const iris = dice.oneOf(["#3d2a1c", "#3d2a1c", "#53705f", "#4b6f8f"]);
  return {
    ...traits,
    skin,
    darkSkin,
    shade: darkSkin ? mix(skin, "#1c0d08", 0.34) : mix(skin, "#8a3f26", 0.24),
    hair: HAIR[traits.tint],
    paleHair: traits.tint === "white" || traits.tint === "grey",
    iris: darkSkin ? "#2b1c14" : iris,
    eyeGap: dice.between(6.6, 7.8),
    eyeSize: dice.between(0.9, 1.12),
    brow: dice.between(1.5, 2.7),
    nose: dice.between(0.85, 1.2),
    mouth: dice.between(6.5, 9.5),
  };
}

function throwTraits(dice: Dice): Traits {
  const soft = dice.odds(0.5);
  const skin = dice.oneOf([0, 1, 1, 2, 3, 4, 5, 6]);
  const tint = dice.oneOf<Tint>(["black", "dark", "brown", "chestnut", "ginger", "blond", "grey", "black", "dark"]);
  const back = soft ? dice.oneOf<BackHair>(["long", "bob", "bun", "tail", "afro", "long"]) : "none";
  const line = soft
    ? dice.oneOf<Hairline>(["centre", "fringe", "sweep"])
    : dice.oneOf<Hairline>(["crop", "quiff", "sweep", "curls", "bald", "cap", "crop"]);
  const beards = ["none", "none", "stubble", "full", "goatee", "moustache", "stubble"] as const;
  const light = tint === "ginger" || tint === "blond" || tint === "chestnut";
  return {
    skin,
    tint: skin >= DARK_SKIN && light ? "black" : tint,
    back,
    line: back === "afro" ? "curls" : line,
    beard: soft ? "none" : dice.oneOf(beards),
    glasses: dice.oneOf<Glasses>(["none", "none", "none", "round", "square"]),
    width: dice.between(20, 23.5),
    jaw: soft ? dice.between(8, 12) : dice.between(12, 18),
    freckles: dice.odds(0.12),
    aged: dice.odds(0.15),
    rings: soft && dice.odds(0.4),
    hat: dice.oneOf(CLOTH),
    height: 1,
  };
}
