import { randomBytes } from "node:crypto";
import type { WireAnswer } from "@secretsource/conformance/wire";
import type { FakeLeases } from "./fake-leases.ts";
import type { FakeRequest } from "./fake-request.ts";
import { refuse, reply, unsupportedOperation } from "./reply.ts";

export interface FakeAwsRole {
  readonly type: "iam_user" | "assumed_role" | "federation_token";
  /** Of `assumed_role`: the ones that it allows. */
  readonly roleArns?: readonly string[];
  /** Seconds, of STS credentials. */
  readonly maxTtl?: number;
}

const userLease = { ttl: 900, maxTtl: 3600 };
// As long as AWS takes at least in one region or another.
const propagationMs = 4000;

/**
 * The aws engine, held to its documented API (https://developer.hashicorp.com/vault/api-docs/secret/aws, "Generate
 * credentials"), and AWS behind it, which knows a new user's keys only after a while.
 */
export class FakeAwsEngine {
  readonly type = "aws";
  readonly roles = new Map<string, FakeAwsRole>();
  readonly #knownFrom = new Map<string, number>();
  readonly #leases: FakeLeases;
  readonly #now: () => number;

  constructor(leases: FakeLeases, now: () => number) {
    this.#leases = leases;
    this.#now = now;
  }

  /** Would AWS take a request with this key now? */
  knows(accessKey: string): boolean {
    return (this.#knownFrom.get(accessKey) ?? Number.POSITIVE_INFINITY) <= this.#now();
  }

  handle(request: FakeRequest): WireAnswer {
    const [, name] = /^(?:creds|sts)\/(.+)$/.exec(request.below) ?? [];
    if (name === undefined) return refuse(404);
    if (request.method !== "GET" && request.method !== "POST") return unsupportedOperation();
    const role = this.roles.get(name);
    if (role === undefined) return refuse(400, `Role '${name}' not found`);
    return role.type === "iam_user" ? this.#user(request) : this.#session(request, role);
  }

  // `secret_key` stands first: behind another field it shares eight characters, `","secret`, with every event that has a
  // `secretName`, and would be taken for a leak.
  #user({ path, token }: FakeRequest): WireAnswer {
    const data = { secret_key: secret(), access_key: this.#keyOf("AKIA", propagationMs), security_token: null };
    return reply({ ...this.#leases.grant(path, userLease, token), data });
  }

  #session({ path, token, query }: FakeRequest, { type, roleArns = [], maxTtl = 3600 }: FakeAwsRole): WireAnswer {
    const asked = query.get("role_arn");
    if (type === "assumed_role" && asked === null && roleArns.length !== 1) {
      return refuse(400, "did not supply a role_arn parameter and unable to determine one");
    }
    if (asked !== null && !roleArns.includes(asked)) {
      return refuse(400, `role_arn "${asked}" not in allowed role_arns for Vault role`);
    }
    const ttl = Math.min(maxTtl, Number.parseInt(query.get("ttl") ?? "3600", 10));
    const data = {
      secret_key: secret(),
      access_key: this.#keyOf("ASIA", 0),
      security_token: secret(),
      ...(type === "assumed_role" && {
        arn: `${asked ?? roleArns[0]}/${query.get("role_session_name") ?? `vault-${secret()}`}`,
      }),
    };
    // What STS gave ends by itself: there is nothing to renew.
    return reply({ ...this.#leases.grant(path, { ttl, renewable: false }, token), data });
  }

  #keyOf(kind: string, afterMs: number): string {
    const key = `${kind}${randomBytes(8).toString("hex").toUpperCase()}`;
    this.#knownFrom.set(key, this.#now() + afterMs);
    return key;
  }
}

const secret = () => randomBytes(20).toString("base64");
