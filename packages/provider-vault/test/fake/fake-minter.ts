import type { WireAnswer } from "@secretsource/conformance/wire";
import type { FakeLeaseRules, FakeLeases } from "./fake-leases.ts";
import type { FakeRequest } from "./fake-request.ts";
import { refuse, reply, unsupportedOperation } from "./reply.ts";

export interface FakeRole {
  /** Undefined: what it makes has no lease. */
  readonly lease?: FakeLeaseRules;
  readonly data: (request: FakeRequest) => object;
}

/** An engine that makes credentials at `MOUNT/VERB/ROLE`. */
export class FakeMinter {
  readonly type = "minter";
  readonly roles = new Map<string, FakeRole>();
  readonly #verb: string;
  readonly #method: string;
  readonly #leases: FakeLeases;

  constructor(leases: FakeLeases, verb = "creds", method = "GET") {
    this.#leases = leases;
    this.#verb = verb;
    this.#method = method;
  }

  handle(request: FakeRequest): WireAnswer {
    const { below, path, method, token } = request;
    if (!below.startsWith(`${this.#verb}/`)) return refuse(404);
    if (method !== this.#method) return unsupportedOperation();
    const role = this.roles.get(below.slice(this.#verb.length + 1));
    if (role === undefined) return refuse(400, `unknown role: ${below}`);
    const lease = role.lease === undefined ? {} : this.#leases.grant(path, role.lease, token);
    return reply({ ...lease, data: role.data(request) });
  }
}
