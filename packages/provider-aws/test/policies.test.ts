import { readFileSync } from "node:fs";
import type { SecretRef, SecretSource } from "@secretsource/core/source";
import { expect, test } from "vitest";
import { awsParameterStore, awsSecretsManager } from "../src/index.ts";
import { FakeParameterStore } from "./fake-parameter-store.ts";
import { FakeSecretsManager, fakeRegion } from "./fake-secrets-manager.ts";
import { callsOf, testCredentials } from "./json-service.ts";

const page = readFileSync(new URL("../../../docs/aws.md", import.meta.url), "utf8");

interface Policy {
  readonly Statement: readonly { readonly Action: readonly string[] }[];
}

const policies = new Map(
  [...page.matchAll(/<!-- policy: (.+?) -->\n\n```json\n([\s\S]*?)```/g)].map(([, feature = "", json = ""]) => {
    const { Statement } = JSON.parse(json) as Policy;
    // KMS is called by the service, with our permission.
    const actions = Statement.flatMap(({ Action }) => Action).filter((action) => !action.startsWith("kms:"));
    return [feature, actions.sort()] as const;
  }),
);

const context = { signal: AbortSignal.timeout(20_000), bypassCaches: false };
const refs = (...names: string[]): SecretRef[] => names.map((name) => ({ name, version: "current" }));
const read = (source: SecretSource, name: string) => source.read({ name, version: "current" }, context);

/** What each feature does, and the policies that it takes. */
const features: Readonly<Record<string, (source: SecretSource) => Promise<unknown> | undefined>> = {
  "secrets-manager read": (source) => read(source, "/a"),
  "secrets-manager batch": (source) => source.batch?.read(refs("/a", "/b"), context),
  "secrets-manager watch": (source) => source.probe?.({ name: "/a", version: "current" }, context),
  "parameter-store read": (source) => read(source, "/a"),
  "parameter-store batch": (source) => source.batch?.read(refs("/a", "/b"), context),
  "parameter-store tree": (source) => read(source, "/tree/"),
  "parameter-store expiry": (source) => read(source, "/a"),
};
const goesWithRead = new Set(["parameter-store expiry"]);

async function actionsOf(feature: string): Promise<string[]> {
  const isSecrets = feature.startsWith("secrets-manager");
  const fake = isSecrets ? await FakeSecretsManager.start() : await FakeParameterStore.start();
  for (const name of ["/a", "/b", ...Array.from({ length: 30 }, (_, index) => `/tree/${index}`)])
    fake.put(name, "value");
  const options = { region: fakeRegion, endpoint: fake.server.url, credentials: testCredentials };
  const expiryDates = feature.endsWith("expiry");
  const source = isSecrets ? awsSecretsManager(options) : awsParameterStore({ ...options, expiryDates });
  await features[feature]?.(source);
  await source.close?.();
  await fake.server.close();
  const prefix = isSecrets ? "secretsmanager" : "ssm";
  return [...new Set(callsOf(fake.server).map(([operation]) => `${prefix}:${operation}`))].sort();
}

test("each policy of the docs has a feature here, and each feature a policy", () => {
  expect([...policies.keys()].sort()).toEqual(Object.keys(features).sort());
});

test.each(Object.keys(features))("the policy for %s allows the calls that are made, and no others", async (feature) => {
  const base = goesWithRead.has(feature) ? (policies.get("parameter-store read") ?? []) : [];
  expect([...base, ...(policies.get(feature) ?? [])].sort()).toEqual(await actionsOf(feature));
});
