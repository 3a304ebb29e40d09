import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingsInManifests } from "../../../tools/manifests/index.ts";
import { gcpSecretManager } from "../src/index.ts";
import { secretIdOf } from "../src/secret-id.ts";

const files = ["cloud-run.yaml", "workload-identity.yaml"];
const textOf = (file: string) =>
  readFileSync(new URL(`../../../examples/gcp-cloud-run/${file}`, import.meta.url), "utf8");

test.each(files)("%s is what the schemas of its kinds allow", async (file) => {
  expect(await findingsInManifests(file, textOf(file))).toEqual([]);
});

test.each(files)(
  "%s gives the service a source that it can open, and its identity the secret that it reads",
  (file) => {
    const text = textOf(file);
    const [, uri] = /name: SECRETSOURCE\n\s+value: "([^"]+)"/.exec(text) ?? [];
    expect(gcpSecretManager.fromUri(String(uri))).toMatchObject({ kind: "gcp-secret-manager" });
    const [, bound] = /add-iam-policy-binding (\S+)/.exec(text) ?? [];
    expect(bound).toBe(secretIdOf("myapp/signing-key"));
    expect(text).toContain("roles/secretmanager.secretAccessor");
  },
);

test("the pod runs as the account that the role is bound to", () => {
  const text = textOf("workload-identity.yaml");
  const [, namespace, account] = /\/subject\/ns\/(\w+)\/sa\/(\w+)$/m.exec(text) ?? [];
  expect(text).toContain(`kind: ServiceAccount\nmetadata:\n  name: ${account}\n  namespace: ${namespace}\n`);
  expect(text).toContain(`kind: Deployment\nmetadata:\n  name: signer\n  namespace: ${namespace}\n`);
  expect(text).toContain(`serviceAccountName: ${account}\n`);
});

test("probes ask for paths that the service of the example answers, and no store decides about a restart", () => {
  const service = readFileSync(new URL("../../../examples/gcp-cloud-run/src/service.ts", import.meta.url), "utf8");
  for (const text of files.map(textOf)) {
    const paths = [...text.matchAll(/(\w+)Probe:\n\s+httpGet:\s*(?:\{ )?path: ([\w/]+)/g)];
    expect(paths.length).toBeGreaterThanOrEqual(2);
    for (const [, , path] of paths) expect(service).toContain(`request.url === "${path}"`);
    expect(paths.find(([, probe]) => probe === "liveness")?.[2]).toBe("/livez");
  }
});
