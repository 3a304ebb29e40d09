import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { answerTo, type Grants, type StoreAnswer } from "./store-answer.ts";

export interface Store {
  readonly url: string;
  /** Every request since the start, as `"GET /v1/keys/greeting"`. */
  readonly requests: readonly string[];
  /** Writes a new version of the key. */
  put(key: string, value: string | Uint8Array): void;
  /** Does this with the next request instead of answering it: `"cut"` the connection, let it `"hang"`, or say this. */
  insteadNext(what: "cut" | "hang" | StoreAnswer): void;
  stop(): Promise<void>;
  /** Listens again, where it did before. */
  start(): Promise<void>;
}

export async function startStore(grants: Grants): Promise<Store> {
  const keys = new Map<string, Buffer[]>();
  const requests: string[] = [];
  const instead: ("cut" | "hang" | StoreAnswer)[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "" } = request;
    requests.push(`${method} ${url}`);
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
    const body = await text(request);
    const answer = instead.shift() ?? answerTo({ method, url, token, body }, keys, grants);
    if (answer === "cut") response.destroy();
    else if (answer !== "hang") response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.writeHead(500).end());
  });
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    put(key, value) {
      keys.set(key, [...(keys.get(key) ?? []), Buffer.from(value)]);
    },
    insteadNext: (what) => void instead.push(what),
    stop() {
      const stopped = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      return stopped;
    },
    start: () => listen(port),
  };
}
