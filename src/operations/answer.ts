import { Value } from "typebox/value";
import { FacesError } from "../domain/errors.ts";
import type { Log } from "../domain/log.ts";
import { toInputError } from "../wire/in/input-error.ts";
import { COMMANDS } from "./commands.ts";
import type { Requests } from "./port.ts";

/** What is said on `<base>/bridge/response/<command>`. */
export type ResponseJson =
  | { readonly status: "ok"; readonly data: object; readonly transaction?: unknown }
  | {
      readonly status: "error";
      readonly error: string;
      readonly code: string;
      readonly data: object;
      readonly transaction?: unknown;
    };

export interface AnswerDeps {
  readonly requests: Requests;
  readonly log: Pick<Log, "error">;
}

/** Answers one request that came over MQTT. Never rejects: whatever is wrong is said in the response. */
export type Answer = (command: string, payload: Uint8Array) => Promise<ResponseJson>;

export function createAnswer({ requests, log }: AnswerDeps): Answer {
  return async (command, payload) => {
    let transaction: { transaction?: unknown } = {};
    try {
      const { transaction: given, ...input } = toInput(payload);
      if (given !== undefined) transaction = { transaction: given };
      return { status: "ok", data: await run(command, input), ...transaction };
    } catch (error) {
      if (error instanceof FacesError) {
        const { code, message, details } = error;
        return { status: "error", error: message, code, data: details, ...transaction };
      }
      log.error({ err: error, command }, "a command failed");
      return {
        status: "error",
        error: "something went wrong; the log says what",
        code: "INTERNAL",
        data: {},
        ...transaction,
      };
    }
  };

  async function run(command: string, input: Record<string, unknown>): Promise<object> {
    const known = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
    if (!known) {
      const names = Object.keys(COMMANDS).join(", ");
      throw new FacesError("UNKNOWN_COMMAND", `"${command}" is not a command; there are: ${names}`);
    }
    const errors = Value.Errors(known.input, input);
    if (errors.length > 0) throw toInputError(known.input, input, errors);
    return await known.run(requests, input);
  }
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
