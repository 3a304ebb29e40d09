import { randomBytes } from "node:crypto";
import type { WireAnswer } from "@secretsource/conformance/wire";
import type { FakeRequest } from "./fake-request.ts";
import type { FakeToken, FakeTokenRules } from "./fake-token.ts";
import { denied, nothing, refuse, reply } from "./reply.ts";

/** Tokens and their life, on the clock of the test. */
export class FakeTokens {
  readonly all = new Map<string, FakeToken>();
  /** Ended by `revoke-self`, in that order. */
  readonly revoked: string[] = [];
  /** What ends with a token: its leases. */
  onEnd: (token: FakeToken) => void = () => {};
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  make(rules: FakeTokenRules = {}, value = `hvs.${randomBytes(18).toString("base64url")}`): FakeToken {
    const now = this.#now();
    const endsAt = rules.ttl === undefined ? Number.POSITIVE_INFINITY : now + rules.ttl * 1000;
    const token = { value, rules, createdAt: now, endsAt };
    this.all.set(value, token);
    return token;
  }

  find(value: unknown): FakeToken | undefined {
    const token = typeof value === "string" ? this.all.get(value) : undefined;
    return token !== undefined && token.endsAt > this.#now() ? token : undefined;
  }

  end(token: FakeToken): void {
    this.all.delete(token.value);
    this.onEnd(token);
  }

  /** The part `auth` of the answer to a login. */
  authOf({ value, rules, endsAt }: FakeToken): object {
    const { renewable = true, type = "service" } = rules;
    return {
      client_token: value,
      accessor: "a",
      policies: ["default"],
      token_type: type,
      renewable,
      lease_duration: this.#left(endsAt),
    };
  }

  /** `auth/token/...` */
  handle({ below, token, method }: FakeRequest): WireAnswer {
    if (token === undefined) return denied();
    if (below === "lookup-self" && method === "GET") return this.#lookUp(token);
    if (below === "renew-self") return this.#renew(token);
    if (below === "revoke-self") {
      if (token.rules.type === "batch") return refuse(400, "batch tokens cannot be revoked");
      this.revoked.push(token.value);
      this.end(token);
      return nothing;
    }
    return refuse(404);
  }

  #lookUp({ value, rules, endsAt }: FakeToken): WireAnswer {
    const { renewable = rules.ttl !== undefined, type = "service", lookUp = true } = rules;
    return lookUp ? reply({ data: { id: value, ttl: this.#left(endsAt), renewable, type } }) : denied();
  }

  #renew(token: FakeToken): WireAnswer {
    const { ttl, maxTtl = Number.POSITIVE_INFINITY, renewable = true, type } = token.rules;
    if (!renewable || type === "batch" || ttl === undefined) return refuse(400, "lease is not renewable");
    token.endsAt = Math.min(this.#now() + ttl * 1000, token.createdAt + maxTtl * 1000);
    return reply({ auth: this.authOf(token) });
  }

  #left(endsAt: number): number {
    return endsAt === Number.POSITIVE_INFINITY ? 0 : Math.floor((endsAt - this.#now()) / 1000);
  }
}
