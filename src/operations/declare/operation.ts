import { type Static, type TObject, type TProperties, type TSchema, Type } from "typebox";
import type { System } from "../system/system.ts";

/**
 * Who may ask, whichever way the request comes: `home` also the broker's users of that role, `admin` only its admins.
 * Who passes the gate of HTTP or of Home Assistant's ingress is an admin.
 */
export type Policy = "home" | "admin";

/** Where HTTP has an input: as a parameter of the path, in the query, in the body, or in a header that is read by hand. */
export type InputLocation = `path.${string}` | `body.${string}` | "query" | "header";

/** How an operation is called over HTTP. */
export interface HttpRoute<Key extends string = string> {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** As Fastify writes it: `/api/faces/:id`. */
  readonly path: string;
  /** The inputs that are elsewhere than {@link locateInputs} has them by default. */
  readonly at?: { readonly [K in Key]?: InputLocation };
}

/** One input as a request over HTTP has it. */
export interface LocatedInput {
  readonly key: string;
  readonly part: "path" | "query" | "body" | "header";
  /** Its name there. */
  readonly name: string;
}

/** Finds the inputs of a route: by default each is under its own name in the body, of GET and DELETE in the query. */
export function locateInputs({ method, at = {} }: HttpRoute, { properties }: TObject): LocatedInput[] {
  const usual = method === "GET" || method === "DELETE" ? "query" : "body";
  return Object.keys(properties).map((key) => {
    const [part, name = key] = (at[key] ?? usual).split(".");
    return { key, part: part as LocatedInput["part"], name };
  });
}

/** Something that can be asked of the system: everything that the ways in (HTTP, MQTT) and the docs know about it. */
export interface Operation<P extends TProperties = TProperties, A extends TSchema = TSchema> {
  readonly tag: "discovery" | "clusters" | "people" | "visits" | "faces" | "pictures" | "recognition" | "operation";
  readonly summary: string;
  readonly description?: string;
  /** It goes on working, but there is a better way, which the description says. */
  readonly deprecated?: boolean;
  readonly access: Policy;
  readonly input: TObject<P>;
  readonly answer: A;
  /** The answer may take longer than a connection may otherwise be silent. */
  readonly slow?: boolean;
  /** Asked over MQTT on `<base>/bridge/request/<command>`. */
  readonly command?: string;
  readonly http?: HttpRoute<keyof P & string>;
  /**
   * @param input Fits its schema.
   * @throws {FacesError}
   */
  run(input: Static<TObject<P>>, system: System): Promise<Static<A>> | Static<A>;
}

/** An operation whose input is written as its keys, and about the whole of it if need be a description. */
type Definition<P extends TProperties, A extends TSchema> = Omit<Operation<P, A>, "input"> & {
  readonly input: P;
  readonly inputDescription?: string;
};

/** Unknown keys are refused: a misspelt `exclude_faces` must not assign what was meant to be left out. */
export const closed = { additionalProperties: false } as const;

/** Declares an operation; the types of its handler follow from the schemas. */
export function defineOperation<P extends TProperties, A extends TSchema>({
  input,
  inputDescription,
  ...operation
}: Definition<P, A>): Operation<P, A> {
  const options = inputDescription === undefined ? closed : { ...closed, description: inputDescription };
  return { ...operation, input: Type.Object(input, options) };
}
