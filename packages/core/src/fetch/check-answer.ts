import { failureCodes } from "../errors/error-code.ts";
import { reduceNative } from "../errors/native-error.ts";
import { printableAdvice } from "../errors/printable-advice.ts";
import { versionProblem } from "../policy/secret-name.ts";
import type { Lease } from "../source/lease.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";

const codes: ReadonlySet<unknown> = new Set(failureCodes);
const mostWarnings = 20;
const times = ["createdAt", "validFrom", "validUntil", "changesInMs", "ageMs"] as const;

/** The answer as core may rely on it. A source's mistake becomes `unknown` with its reason, never a crash later on. */
export function checkAnswer(answer: unknown): SecretRecord | SourceFailure {
  try {
    if (typeof answer !== "object" || answer === null) return wrong("it is no object");
    // Each property is read once: what was checked is what is used.
    const copy: Record<string, unknown> = { ...answer };
    return copy.failure === undefined ? checkedRecord(copy) : checkedFailure(copy);
  } catch {
    return wrong("reading its properties throws");
  }
}

/** @param record Ours to change. */
function checkedRecord(record: Record<string, unknown>): SecretRecord | SourceFailure {
  const { payload, version, requestId } = record;
  const isBytes = payload instanceof Uint8Array;
  if (typeof payload !== "string" && !isBytes) return wrong("`payload` is neither a string nor a Uint8Array");
  if (!isTextOrAbsent(version)) return wrong("`version` is no string");
  const problem = version === undefined ? undefined : versionProblem(version as string);
  if (problem !== undefined) return wrong(`\`version\` ${problem}`);
  if (!isTextOrAbsent(requestId)) return wrong("`requestId` is no string");
  const time = times.find((name) => record[name] !== undefined && !Number.isFinite(record[name]));
  if (time !== undefined) return wrong(`\`${time}\` is no finite number`);
  const metadata = copied(record.metadata);
  if (!isTextMapOrAbsent(metadata)) return wrong("`metadata` is no map of strings");
  const warnings = copied(record.warnings);
  if (!isTextListOrAbsent(warnings)) return wrong("`warnings` is no list of strings");
  const lease = copied(record.lease);
  if (!isLeaseOrAbsent(lease)) return wrong("`lease` is incomplete");
  // A copy: the source may wipe or reuse its buffer, and a view would keep the whole of a pooled one alive.
  if (isBytes) record.payload = Uint8Array.from(payload);
  if (metadata !== undefined) record.metadata = metadata;
  if (lease !== undefined) record.lease = lease;
  // As a source's advice, these go into lines of logs.
  if (requestId !== undefined) record.requestId = printableAdvice(requestId as string);
  if (warnings !== undefined) {
    record.warnings = (warnings as string[]).slice(0, mostWarnings).map(printableAdvice);
  }
  return record as unknown as SecretRecord;
}

function checkedFailure(answer: Record<string, unknown>): SourceFailure {
  const { failure, retryAfterMs, advice, madeNothing, thisSecretOnly, native } = answer;
  if (!codes.has(failure)) return wrong("`failure` is no code of the contract");
  const kept = reduceNative(native);
  return {
    failure: failure as SourceFailure["failure"],
    ...(Number.isFinite(retryAfterMs) && { retryAfterMs: Math.max(0, retryAfterMs as number) }),
    ...(typeof advice === "string" && { advice: printableAdvice(advice) }),
    ...(madeNothing === true && { madeNothing }),
    ...(thisSecretOnly === true && { thisSecretOnly }),
    ...(kept !== undefined && { native: kept }),
  };
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

function copied(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? [...value] : { ...value };
}

function isTextListOrAbsent(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((item) => typeof item === "string"));
}

function isTextMapOrAbsent(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((item) => typeof item === "string");
}

function isLeaseOrAbsent(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  const { id, ttlMs, renewable } = value as Partial<Lease>;
  // A lease that has ended before it began would be minted anew at every read.
  const lasts = Number.isFinite(ttlMs) && Number(ttlMs) > 0;
  return isTextOrAbsent(id) && lasts && typeof renewable === "boolean";
}

export function wrong(what: string): SourceFailure {
  return {
    failure: "unknown",
    advice: `The source's answer does not fit the source contract: ${what}. Update the source's package, or tell its author.`,
  };
}

export function isFailure(answer: SecretRecord | SourceFailure): answer is SourceFailure {
  return answer.failure !== undefined;
}
