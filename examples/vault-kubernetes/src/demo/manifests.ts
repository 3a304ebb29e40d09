import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { findingsInManifests } from "../../../../tools/manifests/index.ts";

type Manifest = Readonly<Record<string, unknown>>;

const texts = ["vault.yaml", "orders.yaml"].map((name) => {
  return [name, readFileSync(new URL(`../../k8s/${name}`, import.meta.url), "utf8")] as const;
});
const all = texts.flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS() as Manifest));

/** Against the schemas of their kinds. */
export async function checkManifests(): Promise<number> {
  for (const [name, text] of texts) assert.deepEqual(await findingsInManifests(name, text), []);
  return all.length;
}

/** What the cluster knows of the manifests. */
export const deployment = one("Deployment");
export const settings = at(one("ConfigMap"), "data") as Record<string, string>;
export const reviewers = all
  .filter(({ kind }) => kind === "ClusterRoleBinding")
  .filter((binding) => at(binding, "roleRef.name") === "system:auth-delegator")
  .flatMap((binding) => at(binding, "subjects") as { namespace: string; name: string }[])
  .map(({ namespace, name }) => accountName(namespace, name));

export function accountName(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/** @param path `spec.template.spec` */
export function at(manifest: unknown, path: string): unknown {
  return path.split(".").reduce((value, key) => {
    const next = (value as Manifest | undefined)?.[key];
    assert.ok(next !== undefined, `The manifest has no ${path}.`);
    return next;
  }, manifest);
}

export function textAt(manifest: unknown, path: string): string {
  const value = at(manifest, path);
  assert.ok(typeof value === "string");
  return value;
}

function one(kind: string): Manifest {
  const [found, ...more] = all.filter((manifest) => manifest.kind === kind);
  assert.ok(found !== undefined && more.length === 0, `There is one ${kind}.`);
  return found;
}
