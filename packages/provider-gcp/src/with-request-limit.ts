import { gcpDefaults } from "./defaults.ts";

/** What sends requests for tokens in a client of `google-auth-library`: itself, and what some have inside. */
interface Sender {
  readonly transporter?: { readonly defaults?: { timeout?: number; signal?: AbortSignal } };
  /** Of a federation. */
  readonly stsCredential?: Sender;
  /** Of an impersonation. */
  readonly sourceClient?: Sender;
}

/**
 * The client, whose requests for tokens end after a while, and are then sent again, and for good with `end`. By themselves they wait as long as the
 * system does, a quarter of an hour where an answer is lost, and everybody who needs a token waits for the one under way.
 */
export function withRequestLimit<Client extends object>(client: Client, end: AbortSignal): Client {
  const { transporter, stsCredential, sourceClient } = client as Sender;
  if (transporter?.defaults !== undefined) {
    transporter.defaults.timeout ??= gcpDefaults.tokenRequestMs;
    transporter.defaults.signal ??= end;
  }
  for (const inner of [stsCredential, sourceClient]) if (inner !== undefined) withRequestLimit(inner, end);
  return client;
}
