import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { FacesError } from "../domain/errors.ts";
import { toProblem } from "./problems.ts";

/**
 * Answers bytes that are no HTTP request, and requests that take too long to arrive, on the bare socket: there is no
 * request to reply to yet.
 */
export function refuseBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const isTooLarge = error.code === "HPE_HEADER_OVERFLOW";
  const isTimeout = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const detail = isTimeout
    ? "the request took too long"
    : isTooLarge
      ? "the headers are too large"
      : "this is not HTTP";
  const status = isTimeout ? 408 : isTooLarge ? 431 : 400;
  const title = STATUS_CODES[status] as string;
  const body = JSON.stringify({ ...toProblem(new FacesError("INVALID_INPUT", detail)), status, title });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
