import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { noSuchSecret } from "./absent-secret.ts";
import { isFailure } from "./aws-call.ts";
import { awsDefaults } from "./defaults.ts";
import type { ParameterStoreClients } from "./parameter-store-clients.ts";
import { treePathOf } from "./parameter-tree.ts";
import { readTreeOnce, type TreePass } from "./tree-pass.ts";

/**
 * All parameters below a path as one secret: a JSON object of their values by the rest of their names. Never half
 * of it, and never of two moments: what takes more than one request is read until two passes see the same versions.
 */
export async function readTree(
  clients: ParameterStoreClients,
  { name, version }: SecretRef,
  signal: AbortSignal,
): Promise<SecretRecord | SourceFailure> {
  const path = treePathOf(name);
  if (typeof path !== "string") return path;
  if (version !== "current") return currentAlone;
  let before: TreePass | undefined;
  for (let pass = 0; pass < awsDefaults.treePasses; pass += 1) {
    const now = await readTreeOnce(clients, path, signal);
    if (isFailure(now)) return now;
    if (now.pages === 1 || now.versions === before?.versions) {
      return now.parameters.length === 0 ? emptyTree(clients) : recordOf(now, path);
    }
    before = now;
  }
  return restless;
}

async function emptyTree(clients: ParameterStoreClients): Promise<SourceFailure> {
  return noSuchSecret(await clients.homeRegion(), "No parameter below the path is");
}

function recordOf({ parameters, requestId }: TreePass, path: string): SecretRecord {
  const from = path === "/" ? 1 : path.length + 1;
  const values = parameters.map(({ name, value }) => [name.slice(from), value]);
  const latest = Math.max(...parameters.map(({ modifiedAt }) => modifiedAt));
  return {
    payload: JSON.stringify(Object.fromEntries(values)),
    ...(Number.isFinite(latest) && { createdAt: latest }),
    metadata: { parameters: String(parameters.length) },
    ...(requestId !== undefined && { requestId }),
  };
}

const currentAlone: SourceFailure = {
  failure: "unsupported",
  advice: "A tree has current values alone: read a parameter of it for a version or a label.",
};

const restless: SourceFailure = {
  failure: "unavailable",
  advice: `The tree changed during each of ${awsDefaults.treePasses} passes: is something writing to it all the time?`,
};
