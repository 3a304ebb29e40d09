import type { WireAnswer, WireRequest } from "@secretsource/conformance/wire";
import { FakeKv } from "./fake-kv.ts";
import { FakeLeases } from "./fake-leases.ts";
import { bodyOf, decodedPath, type FakeRequest } from "./fake-request.ts";
import { FakeTokens } from "./fake-tokens.ts";
import { FakeWrapping } from "./fake-wrapping.ts";
import { denied, refuse, reply } from "./reply.ts";

/** What can be mounted. */
export interface FakeMount {
  readonly type?: string;
  readonly options?: object | null;
  handle(request: FakeRequest): WireAnswer | "reset" | Promise<WireAnswer | "reset">;
}

const withoutToken = /^(?:sys\/wrapping\/(?:lookup|unwrap)|auth\/(?!token\/))/;

/** The part of a Vault server that this package talks to, held to its documented API. One kv engine at `secret`. */
export class FakeVault {
  readonly tokens: FakeTokens;
  readonly root;
  readonly kv: FakeKv;
  readonly leases: FakeLeases;
  readonly wrapping = new FakeWrapping();
  readonly mounts = new Map<string, FakeMount>();
  readonly #denied = new Set<string>();
  /** Sent with each answer. */
  index: string | undefined;
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.tokens = new FakeTokens(now);
    this.root = this.tokens.make();
    this.kv = new FakeKv(now);
    this.leases = new FakeLeases(now);
    this.tokens.onEnd = (token) => this.leases.endsWith(token);
    this.mounts.set("secret/", this.kv);
    this.mounts.set("auth/token/", this.tokens);
    this.mounts.set("sys/wrapping/", this.wrapping);
    this.mounts.set("sys/leases/", this.leases);
  }

  /** Nobody may read this path any more. */
  deny(...paths: readonly string[]): void {
    for (const path of paths) this.#denied.add(path);
  }

  readonly handle = async (wire: WireRequest): Promise<WireAnswer | "reset"> => {
    const answer = await this.#answer(wire);
    if (answer === "reset") return answer;
    const headers = {
      date: new Date(this.#now()).toUTCString(),
      ...answer.headers,
      ...(this.index !== undefined && { "x-vault-index": this.index }),
    };
    return { ...answer, headers };
  };

  #answer(wire: WireRequest): WireAnswer | "reset" | Promise<WireAnswer | "reset"> {
    const path = decodedPath(wire);
    const token = this.tokens.find(wire.headers["x-vault-token"]);
    if (token === undefined && !withoutToken.test(path)) return denied();
    if (this.#denied.has(path)) return denied();
    if (path.startsWith("sys/internal/ui/mounts/"))
      return this.#preflight(path.slice("sys/internal/ui/mounts/".length));
    const found = [...this.mounts].find(([at]) => path.startsWith(at));
    if (found === undefined) return refuse(404, `no handler for route "${path}". route entry not found.`);
    const [at, mount] = found;
    const { method, query } = wire;
    return mount.handle({ method, path, below: path.slice(at.length), query, body: bodyOf(wire), token, wire });
  }

  #preflight(path: string): WireAnswer {
    const found = [...this.mounts].find(([at]) => `${path}/`.startsWith(at));
    if (found === undefined) return denied();
    const [at, { type, options = null }] = found;
    return reply({ data: { path: at, type, options } });
  }
}
