import type { SecretSource, SourceScheme } from "@secretsource/core/source";
import type { Duration } from "@secretsource/core/source-kit";
import { invalidOptions } from "@secretsource/core/source-kit";
import { segmentsOf } from "../connection/segments.ts";
import { connectionFrom } from "../connection/vault-connection.ts";
import type { WithConnection } from "../connection/with-connection.ts";
import { vaultDefaults } from "../defaults.ts";
import { textOr } from "../options/checks.ts";
import { durationMs } from "../options/duration-ms.ts";
import { uriVaultOptions } from "../uri/uri-vault-options.ts";
import { mintingSource } from "./minting-source.ts";

export interface VaultAwsOptions extends WithConnection {
  /** Where the engine is mounted. Default: `aws`. */
  readonly mount?: string | undefined;
  /** How long STS credentials last. Default, and at most: what the role says. */
  readonly ttl?: Duration | undefined;
  /** The role to assume, where the engine's role allows several. */
  readonly roleArn?: string | undefined;
  readonly roleSessionName?: string | undefined;
  /**
   * How long the keys of a new IAM user are held back, since AWS takes some seconds to know them everywhere. Not for
   * STS credentials. Default: `5s`; at most `8s`, so that it fits into one call.
   */
  readonly propagation?: Duration | undefined;
}

const own = ["mount", "ttl", "roleArn", "roleSessionName", "propagation"] as const;

export interface VaultAws extends SourceScheme {
  /**
   * Keys for AWS: of a new IAM user (`iam_user`), or of STS (`assumed_role`, `federation_token`, `session_token`). A
   * secret's name is the name of the role; its payload is JSON with `access_key`, `secret_key` and, of STS,
   * `security_token`.
   *
   * A policy needs `read` on `MOUNT/creds/ROLE`.
   *
   * @throws SecretsError `invalid-options`
   */
  (options?: VaultAwsOptions): SecretSource;
  readonly scheme: "vault-aws";
  /**
   * `vault-aws:` or `vault-aws:MOUNT?ttl=1h`; also `roleArn`, `roleSessionName`, `propagation`, and what every URI of this
   * package takes.
   */
  fromUri(text: string): SecretSource;
}

const kind = "vault-aws";

export const vaultAws: VaultAws = /* @__PURE__ */ Object.assign(awsSource, {
  scheme: kind,
  fromUri(text: string) {
    const { path, connection, own } = uriVaultOptions(text, kind, ["ttl", "roleArn", "roleSessionName", "propagation"]);
    return awsSource({ ...connection, mount: path, ...(own as Pick<VaultAwsOptions, "ttl" | "propagation">) });
  },
} as const);

function awsSource(options: VaultAwsOptions = {}): SecretSource {
  const { given, ...held } = connectionFrom(options, own, "vaultAws");
  const base = [...segmentsOf(textOr(given.mount, "`mount` of vaultAws") ?? "aws"), "creds"];
  const query = queryFrom(given);
  const waitMs = durationMs(given.propagation, "propagation") ?? vaultDefaults.propagationMs;
  if (waitMs > vaultDefaults.propagationMostMs)
    return invalidOptions('`propagation` of vaultAws must be at most "8s".');
  return mintingSource(kind, held, ({ awsPlan }, { clock }) => awsPlan({ base, query, waitMs, clock }));
}

function queryFrom(given: Partial<Record<(typeof own)[number], unknown>>): Readonly<Record<string, string>> {
  const ttlMs = durationMs(given.ttl, "ttl");
  const query = {
    ttl: ttlMs === undefined ? undefined : `${Math.ceil(ttlMs / 1000)}s`,
    role_arn: textOr(given.roleArn, "`roleArn` of vaultAws"),
    role_session_name: textOr(given.roleSessionName, "`roleSessionName` of vaultAws"),
  };
  return Object.fromEntries(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
