import type { WireAnswer } from "@secretsource/conformance/wire";
import type { FakeRequest } from "./fake-request.ts";
import type { FakeTokenRules } from "./fake-token.ts";
import type { FakeTokens } from "./fake-tokens.ts";
import { refuse, reply } from "./reply.ts";

/** One login method at `auth/MOUNT/login`: what its body must hold, and what it then gives. */
export class FakeLogin {
  /** How many logins have succeeded. */
  count = 0;
  rules: FakeTokenRules;
  /** Why it refuses, or undefined. */
  readonly check: (body: FakeRequest["body"]) => WireAnswer | undefined;
  readonly #tokens: FakeTokens;

  constructor(tokens: FakeTokens, rules: FakeTokenRules, check: FakeLogin["check"]) {
    this.#tokens = tokens;
    this.rules = rules;
    this.check = check;
  }

  handle({ below, body, method }: FakeRequest): WireAnswer {
    if (below !== "login" || method !== "POST") return refuse(404);
    const refused = this.check(body);
    if (refused !== undefined) return refused;
    this.count += 1;
    return reply({ auth: this.#tokens.authOf(this.#tokens.make(this.rules)) });
  }
}

/** Takes a body that holds exactly these texts. */
export function bodyIs(expected: Readonly<Record<string, string>>): FakeLogin["check"] {
  return (body) =>
    JSON.stringify(Object.entries(body).sort()) === JSON.stringify(Object.entries(expected).sort())
      ? undefined
      : refuse(400, "invalid role or secret ID");
}
