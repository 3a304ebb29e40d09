import { once } from "node:events";
import { type FaultName, retryAfterSeconds } from "../harness/faults.ts";
import type { Exchange } from "./exchange.ts";
import { bodyOf, jsonAnswer, type WireAnswer, writeAnswer, writeHead } from "./wire-answer.ts";

type Behaviour = (exchange: Exchange) => void | Promise<void>;

const slowMs = 50;
const trickleMs = 1000;
const mebibyte = 1024 * 1024;
const hugeMebibytes = 100;
const retryAfter = { "retry-after": String(retryAfterSeconds) };

const saying =
  (answer: WireAnswer): Behaviour =>
  ({ response }) =>
    writeAnswer(response, answer);

/** What each fault does to a request that has arrived. */
export const faultBehaviours: Readonly<Record<FaultName, Behaviour>> = {
  down: ({ reset }) => reset(),
  "reset-before": ({ reset }) => reset(),
  "reset-after": ({ reset }) => reset(),
  hang: () => {},
  async slow({ pause, respond }) {
    if (await pause(slowMs)) await respond();
  },
  async trickle({ response, answer, pause, reset }) {
    const whole = await answer();
    if (whole === "reset") return reset();
    const body = partedBody(whole);
    writeHead(response, { ...whole, body });
    for (const byte of body) {
      response.write(Uint8Array.of(byte));
      if (!(await pause(trickleMs))) return;
    }
    response.end();
  },
  async "half-answer"({ response, answer, reset }) {
    const whole = await answer();
    if (whole === "reset") return reset();
    const body = partedBody(whole);
    writeHead(response, { ...whole, body });
    response.write(body.subarray(0, body.byteLength / 2), () => response.socket?.end());
  },
  unauthenticated: saying(jsonAnswer({ message: "Who are you?" }, { status: 401 })),
  throttled: saying(jsonAnswer({ message: "Slow down." }, { status: 429 })),
  "throttled-with-wait": saying(jsonAnswer({ message: "Slow down." }, { status: 429, headers: retryAfter })),
  unavailable: saying(jsonAnswer({ message: "Down for maintenance." }, { status: 503 })),
  "unavailable-with-wait": saying(
    jsonAnswer({ message: "Down for maintenance." }, { status: 503, headers: retryAfter }),
  ),
  garbage: saying({ headers: { "content-type": "application/json" }, body: '{"data": {"value": ' }),
  "foreign-404": saying({
    status: 404,
    headers: { "content-type": "text/html" },
    body: "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><hr>gateway</body></html>\n",
  }),
  async redirect({ request, response, elsewhere }) {
    writeAnswer(response, { status: 307, headers: { location: `${await elsewhere()}${request.url}` } });
  },
  // Of a length that is not said before, so that nobody can know without counting.
  async huge({ response, taken }) {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"padding":"');
    const piece = Buffer.alloc(mebibyte / 16, "x");
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    for (let sent = 0; sent < hugeMebibytes * 16 && !response.destroyed; sent += 1) {
      if (!response.write(piece)) await once(response, "drain", { signal: gone.signal }).catch(() => {});
      if (!response.destroyed) taken(piece.byteLength);
    }
    response.end('"}');
  },
};

/** Of an answer without a body there is no half. */
function partedBody(answer: WireAnswer): Buffer {
  const body = bodyOf(answer);
  return body.byteLength < 2 ? Buffer.from('{"data": {}}') : body;
}
