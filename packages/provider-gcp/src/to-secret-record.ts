import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { crc32c } from "./crc32c.ts";
import type { AccessedVersion } from "./secret-manager-methods.ts";
import type { SecretPath } from "./secret-path.ts";
import { versionNumberIn } from "./version-number.ts";

/** One answered version as a record, if its checksum is that of its bytes. */
export function toSecretRecord(answer: AccessedVersion, path: SecretPath, part: string): SecretRecord | SourceFailure {
  const version = versionNumberIn(answer.name, path);
  if (version === undefined || (/^\d/.test(part) && version !== part)) return notTheService;
  const { data, dataCrc32c } = answer.payload ?? {};
  if (data === undefined || data === null) return notTheService;
  // A copy: the SDK's bytes are a part of the whole message.
  const payload = typeof data === "string" ? new Uint8Array(Buffer.from(data, "base64")) : new Uint8Array(data);
  const isChecked = dataCrc32c !== undefined && dataCrc32c !== null;
  if (isChecked && String(dataCrc32c) !== String(crc32c(payload))) return wrongChecksum;
  // Without a checksum nothing tells no bytes from bytes that were lost.
  if (!isChecked && payload.byteLength === 0) return notTheService;
  return {
    payload,
    version,
    metadata: { resource: String(answer.name), checksum: isChecked ? "crc32c" : "none" },
  };
}

const notTheService: SourceFailure = {
  failure: "payload-corrupt",
  advice:
    "The answer lacks what Secret Manager always sends, or is about another version: does something else answer at the endpoint?",
};

const wrongChecksum: SourceFailure = {
  failure: "payload-corrupt",
  advice:
    "The value is not the one that the service sent: its CRC32C differs. If it lasts, something on the way changes answers.",
};
