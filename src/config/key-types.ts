import Type, { type Static, type TProperties, type TSchema } from "typebox";

/** What a key's schema holds besides JSON Schema's own keywords. */
export type KeyNotes<T> = {
  readonly default: T;
  /** The comment in `config.example.yaml`; what the key does and its unit. */
  readonly description: string;
  /** Never shown in messages or logs. */
  readonly secret?: boolean;
};

/** `inner` or null. */
export const nullable = <S extends TSchema>(inner: S, notes: KeyNotes<Static<S> | null>) =>
  Type.Union([inner, Type.Null()], notes);

/** One of a few words. */
export const oneOf = <const T extends readonly string[]>(words: T, notes: KeyNotes<T[number]>) =>
  Type.Unsafe<T[number]>(
    Type.Union(
      words.map((word) => Type.Literal(word)),
      notes,
    ),
  );

/** A section of the configuration: further keys under one name. */
export const section = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });

/** A TCP port; 0 lets the system choose a free one. */
export const port = (notes: KeyNotes<number>) => Type.Integer({ minimum: 0, maximum: 65_535, ...notes });

/** Text of at least one character that `fits`; `expected` describes it in error messages. */
export const text = (expected: string, fits: (value: string) => boolean = () => true, notes?: KeyNotes<string>) =>
  Type.Refine(
    Type.String({ minLength: 1, expected, ...notes }),
    (value) => fits(value),
    () => expected,
  );
