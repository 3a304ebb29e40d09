import type { ServerResponse } from "node:http";
import type { WireAnswer } from "./wire-answer.ts";
import type { WireRequest } from "./wire-request.ts";

/** Who answers behind the faults: a handler of the test's, or a server elsewhere. */
export interface Responder {
  answer(request: WireRequest): Promise<WireAnswer | "reset">;
  /** Answers right away, piece by piece where it arrives so. False: to be reset. */
  respond(request: WireRequest, response: ServerResponse): Promise<boolean>;
}
