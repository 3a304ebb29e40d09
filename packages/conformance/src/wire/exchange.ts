import type { ServerResponse } from "node:http";
import type { WireAnswer } from "./wire-answer.ts";
import type { WireRequest } from "./wire-request.ts";

/** One request and what can be done about it. */
export interface Exchange {
  readonly request: WireRequest;
  readonly response: ServerResponse;
  /** What would have been answered. */
  answer(): Promise<WireAnswer | "reset">;
  /** Answers as if nothing were wrong. */
  respond(): Promise<void>;
  /** Resets the connection. */
  reset(): void;
  /** False where the connection or the server was closed in the meantime. */
  pause(ms: number): Promise<boolean>;
  /** The address of the other host, without a path. */
  elsewhere(): Promise<string>;
  /** Notes that so many bytes of an endless answer were taken. */
  taken(bytes: number): void;
}
