import { type Static, Type } from "typebox";
import type { Settings } from "../../../domain/settings.ts";
import type { OwnFigures, ProfileFigures } from "../../../domain/study/own-figures.ts";
import type { ClosestPair, FaceAtTheLine, ThresholdStudy } from "../../../domain/study/threshold-study.ts";
import { toFaceJson } from "../faces.ts";
import { SETTING_SCHEMAS } from "../system/settings.ts";
import { Distance, Nullable, named, ThumbnailUrl, Time, toNamed, toThumbnailUrl } from "../values.ts";

const StepSchema = Type.Object({
  threshold: Type.Number(),
  clusters: Nullable(
    Type.Integer({ description: "groups that the unassigned faces would make; null when there are too many to try" }),
  ),
  alone: Nullable(Type.Integer({ description: "of these, groups of one face" })),
  recognized: Type.Integer({ description: "stored faces nearer to a person than this" }),
  would_get_a_name: Type.Integer({ description: "of these, unassigned" }),
  wrong: Type.Integer({ description: "assigned faces that would be taken for another person" }),
});

const ClosestPairSchema = Type.Object({
  distance: Distance,
  people: Type.Array(Type.Object({ ...named, thumbnail: ThumbnailUrl }), {
    description: "the two different people whose encodings lie nearest to one another",
  }),
});

function toClosestPairJson({ distance, people }: ClosestPair): Static<typeof ClosestPairSchema> {
  return {
    distance,
    people: people.map((person) => ({ ...toNamed(person), thumbnail: toThumbnailUrl(person.thumbnailFace) })),
  };
}

const FaceAtTheLineSchema = Type.Object({
  face_id: Type.Integer(),
  thumbnail: ThumbnailUrl,
  camera: Type.String(),
  timestamp: Time,
  person: Type.String({ description: "whose name it would get" }),
  person_id: Type.String(),
  distance: Distance,
});

function toFaceAtTheLineJson({ face, person, distance }: FaceAtTheLine): Static<typeof FaceAtTheLineSchema> {
  const { face_id, thumbnail, camera, timestamp } = toFaceJson(face);
  return { face_id, thumbnail, camera, timestamp, ...toNamed(person), distance };
}

const TallySchema = (what: string) =>
  Type.Object({ tried: Type.Integer(), count: Type.Integer() }, { description: what });

const ProfileFiguresSchema = Type.Object({
  profile: SETTING_SCHEMAS["recognition.profile"],
  faces: Type.Integer({ description: "that are looked at together: 1, or a visit of 2 or 3" }),
  strangers: TallySchema("named or ignored people tried as strangers against the others; `count` would get a name"),
  known: TallySchema("named people, tried without what the face itself added to their looks; `count` get their name"),
  wrong: Type.Integer({ description: "of the known, those that get another name" }),
});

const OwnFiguresSchema = Type.Object(
  {
    people: Type.Integer({ description: "named or ignored people who were tried" }),
    profiles: Type.Array(ProfileFiguresSchema, { description: "classic and careful, for 1, 2 and 3 faces" }),
    histogram: Type.Object(
      {
        bin: Type.Number(),
        known: Type.Array(Type.Integer(), { description: "named faces by distance to their person without them" }),
        strangers: Type.Array(Type.Integer(), {
          description: "faces of named and ignored people by distance to the nearest of the others",
        }),
      },
      { description: "single faces: of known people and of strangers, two humps where they can be separated" },
    ),
  },
  { description: "everybody who is named or ignored, tried against the others" },
);

const RecommendationSchema = Type.Object(
  {
    profile: SETTING_SCHEMAS["recognition.profile"],
    classic: ProfileFiguresSchema,
    careful: Type.Object(ProfileFiguresSchema.properties, {
      description: "with as many faces as `recognition.min_faces`",
    }),
  },
  { description: "the profile that serves these people, with the figures that say so" },
);

export const ThresholdAnswerSchema = Type.Object({
  recognition_threshold: Type.Number({ description: "in force" }),
  discovery_threshold: Type.Number({ description: "in force" }),
  faces: Type.Integer({ description: "stored faces looked at" }),
  unassigned: Type.Integer({ description: "of these, unassigned" }),
  people: Type.Integer(),
  model: Type.String({ description: "of most looks; only its faces are looked at" }),
  steps: Type.Array(StepSchema, { description: "0.40 to 0.70, in steps of 0.01" }),
  closest_pair: Nullable(ClosestPairSchema),
  at_the_line: Type.Array(FaceAtTheLineSchema, {
    description: "unassigned faces, farthest first: of each step the few that it only just lets in",
  }),
  histogram: Type.Object({
    bin: Type.Number({ description: "width of a bin; the first starts at 0" }),
    nearest: Type.Array(Type.Integer(), { description: "unassigned faces by distance to the nearest person" }),
    second: Type.Array(Type.Integer(), { description: "unassigned faces by distance to the second-nearest person" }),
    own: Type.Array(Type.Integer(), { description: "assigned faces by distance to their own person" }),
  }),
  own_figures: OwnFiguresSchema,
  recommended_profile: Nullable(RecommendationSchema),
});
export type ThresholdAnswer = Static<typeof ThresholdAnswerSchema>;

function toProfileFiguresJson({ strangers, known, ...rest }: ProfileFigures): Static<typeof ProfileFiguresSchema> {
  return { ...rest, strangers: { ...strangers }, known: { ...known } };
}

/** @param settings In force now. */
export function toThresholdAnswer(study: ThresholdStudy, figures: OwnFigures, settings: Settings): ThresholdAnswer {
  return {
    recognition_threshold: settings["recognition.threshold"],
    discovery_threshold: settings["discovery.threshold"],
    faces: study.faces,
    unassigned: study.unassigned,
    people: study.people,
    model: study.model,
    steps: study.steps.map(({ wouldGetAName, ...step }) => ({ ...step, would_get_a_name: wouldGetAName })),
    closest_pair: study.closestPair && toClosestPairJson(study.closestPair),
    at_the_line: study.atTheLine.map(toFaceAtTheLineJson),
    histogram: {
      bin: study.bin,
      nearest: [...study.nearest],
      second: [...study.second],
      own: [...study.own],
    },
    own_figures: {
      people: figures.people,
      profiles: figures.profiles.map(toProfileFiguresJson),
      histogram: { bin: study.bin, known: [...figures.known], strangers: [...figures.strangers] },
    },
    recommended_profile: figures.recommended && {
      profile: figures.recommended.profile,
      classic: toProfileFiguresJson(figures.recommended.classic),
      careful: toProfileFiguresJson(figures.recommended.careful),
    },
  };
}
