import type { SecretRef, SourceFailure } from "@secretsource/core/source";
import { decodeName, encodeName } from "./secret-name.ts";

/** Where a secret is: in which vault, and by which name and version there. */
export interface SecretAddress {
  readonly vaultUrl: string;
  readonly name: string;
  /** `"current"`, `"previous"`, or a version's id. */
  readonly version: "current" | "previous" | { readonly id: string };
}

export interface Vaults {
  /** The source's own. */
  readonly vaultUrl: string;
  /** Others that a full identifier may name. */
  readonly others: ReadonlySet<string>;
}

const identifierPattern = /^\/secrets\/([0-9a-zA-Z-]{1,127})(?:\/([0-9a-f]{32}))?\/?$/;
const versionPattern = /^[0-9a-f]{32}$/;

/** By a portable name in the source's own vault, or by a full identifier (`https://v.vault.azure.net/secrets/n/version`). */
export function secretAddress({ name, version }: SecretRef, vaults: Vaults): SecretAddress | SourceFailure {
  if (version === "pending" || (typeof version === "object" && "label" in version)) return noSuchStage;
  if (typeof version === "object" && !versionPattern.test(version.id)) return noSuchVersion;
  if (/^https?:\/\//i.test(name)) return byIdentifier(name, version, vaults);
  const encoded = encodeName(name);
  return encoded === undefined ? tooLong : { vaultUrl: vaults.vaultUrl, name: encoded, version };
}

function byIdentifier(
  identifier: string,
  version: SecretAddress["version"],
  { vaultUrl, others }: Vaults,
): SecretAddress | SourceFailure {
  const url = URL.canParse(identifier) ? new URL(identifier) : undefined;
  const [, name, id] = identifierPattern.exec(url?.pathname ?? "") ?? [];
  // What the parser takes away or mends is not what was written.
  if (url === undefined || name === undefined || url.origin + url.pathname !== identifier) return illegalIdentifier;
  if (url.origin !== vaultUrl && !others.has(url.origin)) return foreignVault;
  if (id === undefined) return { vaultUrl: url.origin, name, version };
  const isOther = version === "previous" || (typeof version === "object" && version.id !== id);
  return isOther ? twoVersions : { vaultUrl: url.origin, name, version: { id } };
}

/** What was looked for, where that is not the name as it was written; for the advice of a secret that is not there. */
export function lookedFor(ref: string, { name }: SecretAddress): string | undefined {
  if (ref === name || ref.startsWith("https://")) return undefined;
  const called = ref.replaceAll("/", "--");
  const own = /^[0-9a-zA-Z-]{1,127}$/.test(called) ? decodeName(called.toLowerCase()) : undefined;
  const instead =
    own === undefined || own === ref
      ? ""
      : ` If the vault calls it \`${called}\`, read \`${own}\`: the service ignores the case of letters.`;
  return `It was looked for as \`${name}\`.${instead}`;
}

const noSuchStage: SourceFailure = {
  failure: "unsupported",
  advice: "Key Vault has current and previous versions, and ids; neither pending ones nor labels.",
};

const noSuchVersion: SourceFailure = {
  failure: "version-not-found",
  advice: "A version's id has 32 hexadecimal digits: take it from the end of the secret's identifier.",
};

const tooLong: SourceFailure = {
  failure: "invalid-request",
  advice:
    "A name in Key Vault has at most 127 characters; a slash takes two of them, and what is no lower-case letter, digit or hyphen more.",
};

const illegalIdentifier: SourceFailure = {
  failure: "invalid-request",
  advice: "A secret's full identifier looks like https://myapp.vault.azure.net/secrets/name/version.",
};

const foreignVault: SourceFailure = {
  failure: "invalid-request",
  advice: "The identifier is of another vault: if it may be read, name that vault in `otherVaults`.",
};

const twoVersions: SourceFailure = {
  failure: "invalid-request",
  advice: "The identifier names a version already: ask for no other one, or leave it out of the identifier.",
};
