import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type As, plainText, type Reading } from "../decode/reading.ts";
import { versionProblem } from "../policy/secret-name.ts";
import type { VersionSelector } from "../source/secret-ref.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import { parseDuration } from "../time/duration.ts";

/** A checked call of `getSecret`. */
export interface ReadRequest {
  readonly version: VersionSelector;
  readonly versionAsked: boolean;
  readonly reading: Reading;
  readonly optional: boolean;
  readonly signal: AbortSignal | undefined;
  readonly maxAgeMs: number | undefined;
  readonly refresh: boolean;
  readonly source: string | undefined;
}

const known = ["schema", "as", "field", "version", "optional", "signal", "maxAge", "refresh", "source"] as const;

const plainRequest: ReadRequest = Object.freeze({
  version: "current",
  versionAsked: false,
  reading: plainText,
  optional: false,
  signal: undefined,
  maxAgeMs: undefined,
  refresh: false,
  source: undefined,
});

/** @throws SecretsError `invalid-options` */
export function readRequest(options: unknown): ReadRequest {
  return options === undefined ? plainRequest : requestOf(readOptions(options, known, "getSecret's options"));
}

/** @throws SecretsError `invalid-options` */
export function requestOf(given: Partial<Record<(typeof known)[number], unknown>>): ReadRequest {
  const { schema, as, field, version, optional, signal, maxAge, refresh, source } = given;
  return {
    version: version === undefined ? "current" : checkedVersion(version),
    versionAsked: version !== undefined,
    reading: checkedReading(as, field, schema),
    optional: checkedFlag(optional, "optional"),
    signal: checkedSignal(signal),
    maxAgeMs: maxAge === undefined ? undefined : parseDuration(maxAge, "maxAge"),
    refresh: checkedFlag(refresh, "refresh"),
    source:
      source === undefined || typeof source === "string" ? source : invalidOptions("`source` must be a source's name."),
  };
}

function checkedVersion(version: unknown): VersionSelector {
  if (version === "current" || version === "previous" || version === "pending") return version;
  if (typeof version === "object" && version !== null) {
    const { id, label } = readOptions(version, ["id", "label"], "`version`");
    const problem = [id, label]
      .map((text) => (typeof text === "string" ? versionProblem(text) : undefined))
      .find(Boolean);
    if (problem !== undefined) return invalidOptions(`What \`version\` asks for ${problem}.`);
    if (isText(id) && label === undefined) return { id };
    if (isText(label) && id === undefined) return { label };
  }
  return invalidOptions('`version` must be "current", "previous", "pending", { id: "..." } or { label: "..." }.');
}

function checkedReading(as: unknown, field: unknown, schema: unknown): Reading {
  if (as !== undefined && as !== "text" && as !== "json" && as !== "bytes") {
    return invalidOptions('`as` must be "text", "json" or "bytes".');
  }
  if (field !== undefined && typeof field !== "string") return invalidOptions("`field` must be a string.");
  if (field !== undefined && (as === "text" || as === "bytes")) {
    return invalidOptions(`\`field\` picks a key of a JSON object: leave \`as: "${as satisfies As}"\` away.`);
  }
  if (schema !== undefined && !isStandardSchema(schema)) {
    return invalidOptions("`schema` must be a Standard Schema (zod 3.24+, valibot 1+, arktype 2+, ...).");
  }
  return { as, field, schema };
}

function isStandardSchema(schema: unknown): schema is StandardSchemaV1 {
  if ((typeof schema !== "object" && typeof schema !== "function") || schema === null) return false;
  try {
    const standard = (schema as Partial<StandardSchemaV1>)["~standard"];
    return standard?.version === 1 && typeof standard.validate === "function";
  } catch {
    return false;
  }
}

function checkedSignal(signal: unknown): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  return invalidOptions("`signal` must be an AbortSignal.");
}

function checkedFlag(flag: unknown, name: string): boolean {
  if (flag === undefined || typeof flag === "boolean") return flag === true;
  return invalidOptions(`\`${name}\` must be true or false.`);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
