import type { SourceFailure } from "@secretsource/core/source";
import { callAzure } from "./azure-call.ts";
import { azureDefaults } from "./defaults.ts";
import { isSameName } from "./is-same-name.ts";
import type { KeyVaultMethods, KeyVaultProperties } from "./key-vault-methods.ts";

const { pageVersions, pages: mostPages } = azureDefaults;

/**
 * The id of the newest enabled version that is older than the current one. Times are whole seconds: among versions of the
 * current one's second the service says which is current, and otherwise the greater id is the newer one.
 */
export async function previousVersion(
  client: KeyVaultMethods,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly id: string } | SourceFailure> {
  const listed = await callAzure("list", signal, (options) =>
    gather(client.listPropertiesOfSecretVersions(name, options).byPage({ maxPageSize: pageVersions })),
  );
  if (listed.failure !== undefined) return listed;
  if (listed.answer === "endless") return endless;
  if (!listed.answer.every((one) => isVersionOf(one, name))) return notItsVersions;
  const versions = listed.answer.toSorted(newestFirst);
  const [newest] = versions;
  const isTied = versions.filter((one) => createdAt(one) === createdAt(newest)).length > 1;
  // A secret that is not there has no versions: the read of the current one says so.
  const current = newest !== undefined && !isTied ? newest.version : await currentVersion(client, name, signal);
  if (typeof current === "object") return current.failure === "disabled" ? older(versions, undefined) : current;
  return older(versions, current);
}

async function currentVersion(
  client: KeyVaultMethods,
  name: string,
  signal: AbortSignal,
): Promise<string | SourceFailure> {
  const called = await callAzure("get", signal, (options) => client.getSecret(name, options));
  if (called.failure !== undefined) return called;
  const { name: answered, properties } = called.answer;
  return isSameName(answered, name) && properties.version ? properties.version : notItsVersions;
}

/** Without its time, or of another secret, it could make the current version the previous one. */
function isVersionOf({ name, version, createdOn }: KeyVaultProperties, asked: string): boolean {
  const isOwn = name === undefined || isSameName(name, asked);
  return isOwn && !!version && Number.isFinite(Number(createdOn ?? Number.NaN));
}

/** @param current Undefined: it is disabled, and so none of those that are looked at. */
function older(versions: readonly KeyVaultProperties[], current: string | undefined): { id: string } | SourceFailure {
  const id = versions.find(({ version, enabled }) => version !== current && enabled !== false)?.version;
  return id === undefined ? noPrevious : { id };
}

async function gather(pages: AsyncIterable<readonly KeyVaultProperties[]>): Promise<KeyVaultProperties[] | "endless"> {
  const versions = new Map<string | undefined, KeyVaultProperties>();
  let count = 0;
  for await (const page of pages) {
    const before = versions.size;
    for (const one of page) versions.set(one.version, one);
    count += 1;
    const isRepeated = page.length > 0 && versions.size === before;
    if (count > mostPages || isRepeated) return "endless";
  }
  return [...versions.values()];
}

function newestFirst(one: KeyVaultProperties, other: KeyVaultProperties): number {
  return createdAt(other) - createdAt(one) || ((one.version ?? "") < (other.version ?? "") ? 1 : -1);
}

function createdAt(one: KeyVaultProperties | undefined): number {
  return Number(one?.createdOn);
}

const noPrevious: SourceFailure = {
  failure: "version-not-found",
  advice: "The secret has no enabled version before the current one.",
};

const notItsVersions: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The list of versions is not as Key Vault sends it: does something else answer at the vault's address?",
};

const endless: SourceFailure = {
  failure: "unsupported",
  advice: `The list of the secret's versions has more than ${mostPages * pageVersions} of them, or does not end: ask for the version by its id.`,
};
