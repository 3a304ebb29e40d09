import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { type Clock, SecretsError } from "@secretsource/core/source-kit";
import { objectIn, serverTime, textIn } from "../answer/vault-answer.ts";
import type { CallAnswer } from "../connection/connection.ts";
import type { VaultCall } from "../connection/vault-call.ts";
import { isKeyOf } from "./matching-key.ts";
import type { MintingPlan } from "./minting.ts";
import type { PkiRequest } from "./pki-options.ts";

/** Certificates of an authority, each with its key. */
export function pkiPlan(
  mount: readonly string[],
  certificate: (name: string) => PkiRequest | undefined,
  clock: Clock,
): MintingPlan {
  return {
    request(name): VaultCall | SourceFailure {
      const request = asked(() => certificate(name));
      if (request !== undefined && "failure" in request) return request;
      if (request === undefined) {
        return { failure: "not-found", advice: "`certificates` of vaultPki has nothing of this name." };
      }
      const { role, csr, body } = request;
      return { method: "POST", path: [...mount, csr === undefined ? "issue" : "sign", role], body, needs: "update" };
    },
    refine(record, answer, _, { path }) {
      const { certificate, private_key } = objectIn(answer.body.data) ?? {};
      const key = textIn(private_key);
      if (key === undefined && path.at(-2) === "issue") return keyless;
      if (key !== undefined && typeof certificate === "string" && !isKeyOf(certificate, key)) return ofAnother;
      return withTimes(record, answer, clock.now());
    },
  };
}

/** What the user's own function gives for a name. What it throws may quote anything, and is not passed on. */
function asked<T>(certificate: () => T): T | SourceFailure {
  try {
    return certificate();
  } catch (error) {
    const why = error instanceof SecretsError ? ` ${error.advice}` : "";
    const advice = `The function \`certificates\` of vaultPki threw, or gave what is no certificate to ask for.${why}`;
    return { failure: "invalid-request", advice };
  }
}

const keyless: SourceFailure = {
  failure: "payload-corrupt",
  advice:
    "The engine's answer holds no private key with the certificate: look at what stands between us and the server.",
};

const ofAnother: SourceFailure = {
  failure: "payload-corrupt",
  advice:
    "The private key of the engine's answer is not that of its certificate: look at what stands between us and the server.",
};

const parts = ["certificate", "ca_chain", "issuing_ca", "private_key", "private_key_type"] as const;

/** The engine counts no lease unless its role says so: the certificate's own end is the deadline. */
function withTimes(record: SecretRecord, answer: CallAnswer, now: number): SecretRecord | SourceFailure {
  const { serial_number, expiration, ...data } = objectIn(answer.body.data) ?? {};
  if (typeof data.certificate !== "string" || typeof expiration !== "number") {
    return { failure: "payload-corrupt", advice: "The engine's answer holds no certificate with its end." };
  }
  const validUntil = expiration * 1000;
  const ttlMs = validUntil - serverTime(answer, now);
  if (ttlMs <= 0) return { failure: "payload-corrupt", advice: "The certificate has ended before it was given." };
  const version = textIn(serial_number);
  const id = record.lease?.id;
  return {
    ...record,
    // Without what the record itself bears, where events may show it: dates and the serial number.
    payload: JSON.stringify(Object.fromEntries(parts.map((part) => [part, data[part]]))),
    ...(version !== undefined && { version }),
    validUntil,
    lease: { ...(id !== undefined && { id }), ttlMs, renewable: false },
  };
}
