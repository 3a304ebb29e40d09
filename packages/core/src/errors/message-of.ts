import { displayName } from "./display-name.ts";
import type { SecretsErrorCode } from "./error-code.ts";
import { printableAdvice } from "./printable-advice.ts";
import type { Problem } from "./problem.ts";
import { problemTable } from "./problem-table.ts";

const sentences: Record<SecretsErrorCode, string> = {
  "not-found": "The secret does not exist",
  "version-not-found": "The secret has no such version",
  "field-not-found": "The secret has no such field",
  "access-denied": "The store denied access to the secret",
  unauthenticated: "The store did not accept our credentials",
  throttled: "The store is throttling us",
  unavailable: "The store cannot be reached or cannot answer now",
  timeout: "The store did not answer in time",
  aborted: "The caller aborted the read",
  "invalid-request": "The request for the secret is not valid",
  disabled: "The secret, or this version of it, is disabled",
  deleted: "The secret, or this version of it, is deleted",
  "payload-corrupt": "The secret arrived corrupted",
  "decryption-failed": "The store could not decrypt the secret",
  unsupported: "The source does not support this",
  unknown: "The source failed in a way that it does not explain",
  "decode-failed": "The secret cannot be decoded as asked",
  "validation-failed": "The secret does not match its schema",
  "verify-failed": "The secret's new value was refused by its verify hook",
  "invalid-config": "The configuration is not complete",
  "invalid-options": "The options are not valid",
  "not-configured": "No secret source is configured",
  "unsupported-spec": "The source speaks another version of the source contract",
  "mint-budget-exhausted": "Too many unplanned credentials were minted",
  "stale-limit": "The last good value is too old to be served",
  closed: "This instance is closed",
};

/** A fixed sentence, names and advice, and a table of the problems if there are any. Nothing else enters a message. */
export function messageOf(about: {
  code: SecretsErrorCode;
  source?: string | undefined;
  secretName?: string | undefined;
  attempts?: number | undefined;
  advice?: string | undefined;
  problems?: readonly Problem[] | undefined;
}): string {
  const where = [
    about.secretName !== undefined && `secret ${displayName(about.secretName)}`,
    about.source !== undefined && `source ${displayName(about.source)}`,
    about.attempts !== undefined && about.attempts > 1 && `after ${about.attempts} attempts`,
  ].filter((part) => part !== false);
  const place = where.length > 0 ? ` (${where.join(", ")})` : "";
  const advice = about.advice === undefined ? "" : ` ${printableAdvice(about.advice)}`;
  const table = about.problems === undefined ? "" : `\n\n${problemTable(about.problems)}`;
  return `${sentences[about.code]}${place}.${advice}${table}`;
}
