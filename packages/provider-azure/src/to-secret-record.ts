import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { isSameName } from "./is-same-name.ts";
import type { KeyVaultProperties, KeyVaultSecretAnswer } from "./key-vault-methods.ts";
import { payloadOf } from "./payload-of.ts";
import type { SecretAddress } from "./secret-address.ts";
import { validityWarnings } from "./validity-warnings.ts";

/** One answered version as a record. An answer about another one, without a part that always comes or with a strange one, is none. */
export function toSecretRecord(
  answer: KeyVaultSecretAnswer,
  asked: Pick<SecretAddress, "name" | "version">,
  requestId: string | undefined,
): SecretRecord | SourceFailure {
  try {
    return recordOf(answer, asked, requestId);
  } catch {
    // The SDK checks no types: a part may be of any.
    return notTheService;
  }
}

function recordOf(
  { name, value, properties: given }: KeyVaultSecretAnswer,
  asked: Pick<SecretAddress, "name" | "version">,
  requestId: string | undefined,
): SecretRecord | SourceFailure {
  const properties = withoutNulls(given);
  const { version } = properties;
  if (typeof value !== "string" || !version) return notTheService;
  const isOther = typeof asked.version === "object" && version !== asked.version.id;
  if (isOther || !isSameName(name, asked.name)) return anotherSecret;
  const payload = payloadOf(value, properties);
  if (typeof payload === "object" && "failure" in payload) return payload;
  const createdAt = timeOf(properties.createdOn);
  const validFrom = timeOf(properties.notBefore);
  const validUntil = timeOf(properties.expiresOn);
  const warnings = validityWarnings(validFrom, validUntil);
  return {
    payload,
    version,
    metadata: metadataOf(properties),
    ...(createdAt !== undefined && { createdAt }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
    ...(requestId !== undefined && { requestId }),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** What is null was left out: emulators of the service send such, and the SDK hands it on. */
function withoutNulls(properties: KeyVaultProperties): KeyVaultProperties {
  const isNull = (one: unknown) => one === null;
  // The service itself sends none.
  if (!Object.values(properties).some(isNull)) return properties;
  return Object.fromEntries(Object.entries(properties).filter(([, one]) => !isNull(one)));
}

/** @throws Where it is no time. The SDK hands a zero on as the number that it is. */
function timeOf(time: Date | undefined): number | undefined {
  if (time === undefined) return undefined;
  const ms = Number(time);
  if (!Number.isFinite(ms)) throw new RangeError("It is no time");
  return ms;
}

function metadataOf({ id, contentType, updatedOn, managed, certificateKeyId, tags = {} }: KeyVaultProperties) {
  return {
    ...(id !== undefined && { id }),
    ...(contentType !== undefined && { contentType }),
    ...(updatedOn !== undefined && { updatedOn: new Date(updatedOn).toISOString() }),
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
