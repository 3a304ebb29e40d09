import { getSecret, type LiveSecret } from "@secretsource/core";
import type { Config } from "./config.ts";
import { hmac, isSame } from "./hmac.ts";
import type { SigningKeys } from "./signing-keys.ts";
import { issueToken, subjectOf } from "./tokens.ts";

export interface Question {
  readonly route: string;
  readonly header: (name: string) => string;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export async function answer(config: Config, signing: LiveSecret<SigningKeys>, question: Question): Promise<Answer> {
  const { route, header, body } = question;
  if (route === "POST /tokens") {
    if (!isSame(header("x-issuer-key"), config.issuerKey.reveal())) return { status: 401 };
    const token = issueToken(signing.current.reveal(), body, config.tokens.lifetimeSeconds);
    return { status: 201, body: { token } };
  }
  if (route === "GET /me") {
    const subject = subjectOf(signing.current.reveal(), header("authorization").replace("Bearer ", ""));
    return subject === undefined ? { status: 401 } : { status: 200, body: { subject } };
  }
  const partner = /^POST \/webhooks\/([a-z]{1,40})$/.exec(route)?.[1];
  return partner === undefined ? { status: 404 } : webhook(partner, header("x-signature"), body);
}

/** Partners come and go while the service runs, so their keys are no part of the config: each is read on demand. */
async function webhook(partner: string, signature: string, body: string): Promise<Answer> {
  const key = await getSecret(`webhook-${partner}`, { optional: true });
  if (key === undefined) return { status: 404 };
  return { status: isSame(signature, hmac(key.reveal(), body)) ? 204 : 401 };
}
