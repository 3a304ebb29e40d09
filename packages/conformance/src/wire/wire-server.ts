import { type FaultyServer, type FaultyServerOptions, openFaultyServer } from "./faulty-server.ts";
import { type WireAnswer, writeAnswer } from "./wire-answer.ts";
import type { WireRequest } from "./wire-request.ts";

/** Answers one request; `"reset"` resets its connection, and a promise that stays pending leaves it without an answer. */
export type WireHandler = (request: WireRequest) => WireAnswer | "reset" | Promise<WireAnswer | "reset">;

/** Starts an HTTP or HTTPS server on a free port of the loopback. */
export function startWireServer(handler: WireHandler, options: FaultyServerOptions = {}): Promise<FaultyServer> {
  const answer = async (request: WireRequest) => handler(request);
  return openFaultyServer(
    {
      answer,
      async respond(request, response) {
        const said = await answer(request);
        if (said === "reset") return false;
        writeAnswer(response, said);
        return true;
      },
    },
    options,
  );
}
