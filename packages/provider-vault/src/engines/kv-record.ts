import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { objectIn, requestIdOf, textIn, timeIn, type VaultAnswer } from "../answer/vault-answer.ts";
import { parseExactly } from "./exact-json.ts";

const notKv: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer is none of a kv engine: check `mount`, and what stands between us and the server.",
};

/** A read of version 2. */
export function versionedRecord(answer: VaultAnswer, field: string | undefined): SecretRecord | SourceFailure {
  const data = objectIn(answer.body.data);
  const metadata = objectIn(data?.metadata);
  const version = metadata?.version;
  if (metadata === undefined || typeof version !== "number") return notKv;
  const payload = payloadOf(answer, ["data", "data"], field);
  if (typeof payload !== "string") return payload;
  const createdAt = timeIn(metadata.created_time);
  return {
    payload,
    version: String(version),
    ...(createdAt !== undefined && { createdAt }),
    metadata: metadataOf(metadata),
    ...requestId(answer),
  };
}

/** A read of version 1, which has neither versions nor dates. */
export function plainRecord(answer: VaultAnswer, field: string | undefined): SecretRecord | SourceFailure {
  const payload = payloadOf(answer, ["data"], field);
  return typeof payload === "string" ? { payload, ...requestId(answer) } : payload;
}

function requestId(answer: VaultAnswer): { readonly requestId?: string } {
  const id = requestIdOf(answer);
  return id === undefined ? {} : { requestId: id };
}

/** Custom metadata, and the day on which the store is going to delete the version. */
function metadataOf({ custom_metadata, deletion_time }: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(objectIn(custom_metadata) ?? {}).filter(([, value]) => typeof value === "string");
  const deletion = textIn(deletion_time);
  return Object.fromEntries([
    ...(deletion === undefined ? [] : [["deletion_time", deletion]]),
    ...(texts as [string, string][]),
  ]);
}

function payloadOf({ text }: VaultAnswer, path: readonly string[], field: string | undefined): string | SourceFailure {
  try {
    const map = path.reduce<unknown>((part, name) => objectIn(part)?.[name], parseExactly(text));
    const fields = objectIn(map);
    if (fields === undefined) return notKv;
    if (field === undefined) return JSON.stringify(fields);
    if (!Object.hasOwn(fields, field)) {
      const advice = "The secret has no such field as `field` of vaultKv names.";
      return { failure: "field-not-found", advice };
    }
    const value = fields[field];
    return typeof value === "string" ? value : JSON.stringify(value);
  } catch {
    // Nested deeper than the stack is.
    return notKv;
  }
}
