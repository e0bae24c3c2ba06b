/**
 * The codes of all errors in HTTP and MQTT responses, each with its HTTP status.
 */
export const ERROR_STATUS = {
  INVALID_INPUT: 400,
  UNKNOWN_COMMAND: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PERSON_NOT_FOUND: 404,
  FACE_NOT_FOUND: 404,
  CLUSTER_NOT_FOUND: 404,
  THUMBNAIL_NOT_FOUND: 404,
  FRAME_NOT_FOUND: 404,
  VISIT_NOT_FOUND: 404,
  STRANGER_NOT_FOUND: 404,
  CHANGE_NOT_FOUND: 404,
  CLUSTER_CHANGED: 409,
  PERSON_EXISTS: 409,
  FACE_NOT_ASSIGNED: 409,
  SAME_FRAME: 409,
  NOTHING_TO_UNDO: 409,
  NOT_UNDOABLE: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID_NAME: 422,
  EMPTY_SELECTION: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  DISCOVERY_FAILED: 500,
  CAMERA_FAILED: 502,
  MODELS_MISSING: 503,
  BROKER_UNREACHABLE: 503,
  TEST_FACE_LOST: 504,
  STORAGE_FULL: 507,
} as const;

/** One of the stable codes in {@link ERROR_STATUS}. */
export type ErrorCode = keyof typeof ERROR_STATUS;

/** More about an error, as it is sent: JSON values with snake_case keys. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** An error with a stable code. Its message is for the client: what was expected, what came, which key. */
export class FacesError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: ErrorDetails } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "FacesError";
    this.code = code;
    this.details = options.details ?? {};
  }

  /** HTTP status of this error. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** The daemon refuses to start (exit code 2): bad configuration, unsafe binding, another daemon on the same data. */
export class StartRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StartRefused";
  }
}
