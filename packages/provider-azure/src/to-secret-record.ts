import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import type { KeyVaultProperties, KeyVaultSecretAnswer } from "./key-vault-methods.ts";
import { payloadOf } from "./payload-of.ts";
import type { SecretAddress } from "./secret-address.ts";
import { validityWarnings } from "./validity-warnings.ts";

/** One answered version as a record. An answer about another one, or without a part that always comes, is none. */
export function toSecretRecord(
  { name, value, properties }: KeyVaultSecretAnswer,
  asked: Pick<SecretAddress, "name" | "version">,
  requestId: string | undefined,
): SecretRecord | SourceFailure {
  const { version, createdOn, notBefore, expiresOn } = properties;
  if (typeof value !== "string" || !version) return notTheService;
  const isOther = typeof asked.version === "object" && version !== asked.version.id;
  if (isOther || name.toLowerCase() !== asked.name.toLowerCase()) return anotherSecret;
  const payload = payloadOf(value, properties);
  if (typeof payload === "object" && "failure" in payload) return payload;
  const warnings = validityWarnings(properties);
  return {
    payload,
    version,
    metadata: metadataOf(properties),
    ...(createdOn !== undefined && { createdAt: createdOn.getTime() }),
    ...(notBefore !== undefined && { validFrom: notBefore.getTime() }),
    ...(expiresOn !== undefined && { validUntil: expiresOn.getTime() }),
    ...(requestId !== undefined && { requestId }),
    ...(warnings.length > 0 && { warnings }),
  };
}

function metadataOf({ id, contentType, updatedOn, managed, certificateKeyId, tags = {} }: KeyVaultProperties) {
  return {
    ...(id !== undefined && { id }),
    ...(contentType !== undefined && { contentType }),
    ...(updatedOn !== undefined && { updatedOn: updatedOn.toISOString() }),
    ...(managed === true && { managed: "true" }),
    ...(certificateKeyId !== undefined && { certificateKeyId }),
    ...Object.fromEntries(Object.entries(tags).map(([name, text]) => [`tag:${name}`, String(text)])),
  };
}

const notTheService: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer lacks what Key Vault always sends: does something else answer at the vault's address?",
};

const anotherSecret: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer is about another secret or version than the one that was asked for.",
};
