import type { SecretRecord, SecretSource, SourceFailure, SourceScheme } from "@secretsource/core/source";
import { type Duration, invalidOptions, SecretsError } from "@secretsource/core/source-kit";
import { objectIn, serverTime, textIn } from "../answer/vault-answer.ts";
import type { CallAnswer } from "../connection/connection.ts";
import { segmentsOf } from "../connection/segments.ts";
import type { VaultCall } from "../connection/vault-call.ts";
import { connectionFrom } from "../connection/vault-connection.ts";
import { textOr } from "../options/checks.ts";
import { uriVaultOptions } from "../uri/uri-vault-options.ts";
import { isKeyOf } from "./matching-key.ts";
import { mintingSource } from "./minting-source.ts";
import { certificatesFrom, type VaultPkiOptions } from "./pki-options.ts";

export interface VaultPki extends SourceScheme {
  /**
   * Certificates of an authority. The payload is one JSON text, so that key and chain are never of two certificates:
   * `certificate`, `ca_chain`, `issuing_ca` and, where no `csr` was given, `private_key`, which the engine does not keep.
   * A key that is not the certificate's is `payload-corrupt`.
   * The serial number is the record's version. The record is valid until the certificate's end, and the core has another
   * one made before that.
   *
   * A policy needs `update` on `MOUNT/issue/ROLE`, or on `MOUNT/sign/ROLE` where a `csr` is given.
   *
   * @throws SecretsError `invalid-options`
   */
  (options: VaultPkiOptions): SecretSource;
  readonly scheme: "vault-pki";
  /**
   * `vault-pki:MOUNT?certificateRole=web&ttl=24h`: certificates of one role, each for the common name that its secret is
   * called; also what every URI of this package takes.
   */
  fromUri(text: string): SecretSource;
}

const kind = "vault-pki";

export const vaultPki: VaultPki = /* @__PURE__ */ Object.assign(pkiSource, {
  scheme: kind,
  fromUri(text: string) {
    const { path, connection, own } = uriVaultOptions(text, kind, ["certificateRole", "ttl"]);
    const { certificateRole: role, ttl } = own;
    if (role === undefined) return invalidOptions("The `vault-pki:` URI needs `certificateRole`.");
    const certificateOf = (commonName: string) => ({ role, commonName, ttl: ttl as Duration | undefined });
    // Checks role and time now, and not with the first certificate.
    certificatesFrom({ checked: certificateOf("checked.example") });
    return pkiSource({ ...connection, mount: path, certificates: certificateOf });
  },
} as const);

function pkiSource(options: VaultPkiOptions): SecretSource {
  const { given, ...held } = connectionFrom(options, ["mount", "certificates"], "vaultPki");
  const mount = segmentsOf(textOr(given.mount, "`mount` of vaultPki") ?? "pki");
  const certificate = certificatesFrom(given.certificates);
  const { clock } = held.connection;
  return mintingSource(held, {
    kind,
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
  });
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
