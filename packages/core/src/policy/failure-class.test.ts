import { expect, test } from "vitest";
import { type FailureCode, failureCodes, type SecretsErrorCode } from "../errors/error-code.ts";
import { attemptsWorth, isAbsence, isOutage, mayServeStale } from "./failure-class.ts";

interface Row {
  readonly attempts: number;
  readonly stale?: true;
  readonly outage?: true;
  readonly absence?: true;
}

const final: Row = { attempts: 1 };

const table: Record<FailureCode, Row> = {
  "not-found": { attempts: 1, absence: true },
  "version-not-found": { attempts: 1, absence: true },
  "field-not-found": final,
  "access-denied": final,
  unauthenticated: { attempts: 1, stale: true },
  throttled: { attempts: 3, stale: true, outage: true },
  unavailable: { attempts: 3, stale: true, outage: true },
  timeout: { attempts: 3, stale: true, outage: true },
  aborted: final,
  "invalid-request": final,
  disabled: final,
  deleted: final,
  "payload-corrupt": { attempts: 2, stale: true },
  "decryption-failed": final,
  unsupported: final,
  unknown: final,
};

test.each(failureCodes)("%s: what it is worth, and what it says", (code) => {
  const row = table[code];
  expect(attemptsWorth(code, 3)).toBe(row.attempts);
  expect(attemptsWorth(code, 1)).toBe(1);
  expect(mayServeStale(code)).toBe(row.stale === true);
  expect(isOutage(code)).toBe(row.outage === true);
  expect(isAbsence(code)).toBe(row.absence === true);
});

test.each<[SecretsErrorCode, boolean]>([
  ["verify-failed", true],
  ["mint-budget-exhausted", true],
  ["decode-failed", false],
  ["closed", false],
])("%s, which only the library says: the last good value is served for it: %s", (code, served) => {
  expect(mayServeStale(code)).toBe(served);
});
