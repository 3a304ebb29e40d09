import type { SourceFailure } from "@secretsource/core/source";
import { parseAnswer } from "../answer/parse-answer.ts";
import type { VaultAnswer } from "../answer/vault-answer.ts";
import { vaultDefaults } from "../defaults.ts";
import { LatePart } from "../loading/late-part.ts";
import { connectionClosed } from "../token/connection-closed.ts";
import { raced } from "../token/raced.ts";
import { HttpTransport } from "../transport/http-transport.ts";
import { type NodeVaultClient, nodeVaultClient } from "../transport/node-vault-client.ts";
import { ReplicationStates } from "../transport/replication-states.ts";
import type { ConnectionSettings } from "./connection-settings.ts";
import { encodePath, encodeQuery } from "./request-path.ts";
import { TlsFiles } from "./tls-files.ts";

export interface WireRequest {
  readonly method: "GET" | "POST" | "LIST";
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: object | undefined;
  readonly token?: string | undefined;
  readonly signal: AbortSignal;
}

interface Loaded {
  readonly client: NodeVaultClient;
  readonly transport: HttpTransport;
}

export const nodeVault = new LatePart(() => import("../transport/node-vault-sdk.ts"));

/** Requests and answers, with the token that each request says; nothing is known here of logins. */
export class VaultWire {
  readonly #settings: ConnectionSettings;
  readonly #states = new ReplicationStates();
  readonly #files: TlsFiles;
  #loaded: Loaded | undefined;
  #loading: Promise<Loaded | SourceFailure> | undefined;
  #isEnding = false;
  #closed = false;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
    this.#files = new TlsFiles(settings.tls, settings.clock);
  }

  /** @throws what the signal was aborted with. */
  async send({ method, path, query, body, token, signal }: WireRequest): Promise<VaultAnswer | SourceFailure> {
    signal.throwIfAborted();
    const loaded = this.#loaded ?? (await raced(this.#load(), signal));
    if ("failure" in loaded) return loaded;
    const look = this.#files.look((tls) => loaded.transport.renewTls(tls));
    if (look !== undefined) await raced(look, signal);
    signal.throwIfAborted();
    if (this.#closed) return connectionClosed;
    const { namespace } = this.#settings;
    const answer = await loaded.client({
      method,
      path: `${encodePath(path)}${encodeQuery(query)}`,
      headers: {
        // Agents refuse requests without it: no page in a browser can send it.
        "x-vault-request": "true",
        ...this.#states.headers,
        ...(token !== undefined && { "x-vault-token": token }),
        ...(namespace !== undefined && { "x-vault-namespace": namespace }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { json: body }),
      signal,
    });
    if (answer.failure !== undefined) {
      this.#files.lookSoon();
      return this.#isEnding ? connectionClosed : answer;
    }
    this.#states.record(answer.headers["x-vault-index"]);
    return parseAnswer(answer, { path, namespace });
  }

  /** Before what is sent once, a login or a mint: a kept connection may have died in silence, and would take it along. */
  endKept(): void {
    this.#loaded?.transport.endKept();
  }

  /** Ends what is under way. What is sent afterwards, a revocation, finds a connection free. */
  endRequests(): void {
    this.#isEnding = true;
    this.#loaded?.transport.endRequests();
  }

  /** What is still being loaded is not waited for: a file may hang. Nothing is sent by it. */
  close(): void {
    this.#isEnding = true;
    this.#closed = true;
    this.#loaded?.transport.close();
  }

  /** At the first call. What fails, a file that is not mounted yet, is tried again at the next one. */
  #load(): Promise<Loaded | SourceFailure> {
    this.#loading ??= this.#loadNow().then((loaded) => {
      if ("failure" in loaded) this.#loading = undefined;
      else this.#loaded = loaded;
      return loaded;
    });
    return this.#loading;
  }

  async #loadNow(): Promise<Loaded | SourceFailure> {
    const { endpoint, redirectsTo, maxBytes } = this.#settings;
    const tls = await this.#files.load();
    if ("failure" in tls) return tls;
    const sdk = await nodeVault.load();
    if ("failure" in sdk) return sdk;
    const { redirects, sockets, idleMs } = vaultDefaults;
    const transport = new HttpTransport({ endpoint, tls, redirectsTo, redirects, maxBytes, sockets, idleMs });
    return { transport, client: nodeVaultClient(sdk, (request) => transport.send(request)) };
  }
}
