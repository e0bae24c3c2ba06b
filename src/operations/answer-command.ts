import { Value } from "typebox/value";
import { FacesError } from "../domain/errors.ts";
import type { Log } from "../domain/log.ts";
import { toInputError } from "../wire/in/input-error.ts";
import { askedBy, type System } from "./system/system.ts";
import { COMMANDS } from "./table.ts";

/** What is published on `<base>/bridge/response/<command>`. */
export type ResponseJson =
  | { readonly status: "ok"; readonly data: unknown; readonly transaction?: unknown }
  | {
      readonly status: "error";
      readonly error: string;
      readonly code: string;
      readonly data: object;
      readonly transaction?: unknown;
    };

export interface AnswerDeps {
  readonly system: System;
  readonly log: Pick<Log, "error">;
}

/**
 * Answers one request that came over MQTT, from a client with this login (null: without one). Never rejects: what is wrong
 * is said in the response.
 */
export type Answer = (command: string, payload: Uint8Array, user: string | null) => Promise<ResponseJson>;

export function createAnswer({ system, log }: AnswerDeps): Answer {
  async function run(command: string, input: Record<string, unknown>, user: string | null): Promise<unknown> {
    const operation = COMMANDS.get(command);
    if (!operation) {
      const names = [...COMMANDS.keys()].join(", ");
      throw new FacesError("UNKNOWN_COMMAND", `"${command}" is not a command; there are: ${names}`);
    }
    const errors = Value.Errors(operation.input, input);
    if (errors.length > 0) throw toInputError(operation.input, input, errors);
    return await operation.run(input, askedBy({ via: "mqtt", user }, system));
  }

  return async (command, payload, user) => {
    let transaction: { transaction?: unknown } = {};
    try {
      const { transaction: given, ...input } = toInput(payload);
      if (given !== undefined) transaction = { transaction: given };
      return { status: "ok", data: await run(command, input, user), ...transaction };
    } catch (error) {
      if (error instanceof FacesError) {
        const { code, message, details } = error;
        return { status: "error", error: message, code, data: details, ...transaction };
      }
      log.error({ err: error, command }, "a command failed");
      const message = "something went wrong; the log says what";
      return { status: "error", error: message, code: "INTERNAL", data: {}, ...transaction };
    }
  };
}

/** A payload with nothing in it is an empty object. @throws `INVALID_INPUT` for anything but a JSON object. */
function toInput(payload: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(payload);
    value = text.trim() === "" ? {} : JSON.parse(text);
  } catch (error) {
    throw new FacesError("INVALID_INPUT", "a request is a JSON object, this is not JSON", { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FacesError("INVALID_INPUT", "a request is a JSON object");
  }
  return value as Record<string, unknown>;
}
