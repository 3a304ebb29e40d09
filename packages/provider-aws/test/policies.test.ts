import { readFileSync } from "node:fs";
import type { SecretRef, SecretSource } from "@secretsource/core/source";
import { expect, test } from "vitest";
import { awsParameterStore, awsSecretsManager } from "../src/index.ts";
import { ask } from "./ask.ts";
import { FakeParameterStore } from "./fake-parameter-store.ts";
import { FakeSecretsManager, fakeRegion } from "./fake-secrets-manager.ts";
import { testCredentials } from "./json-service.ts";

const page = readFileSync(new URL("../../../docs/aws.md", import.meta.url), "utf8");

interface Statement {
  readonly Action: readonly string[];
  readonly Condition?: { readonly StringEquals: { readonly "kms:ViaService": string } };
}

const policies = new Map(
  [...page.matchAll(/<!-- policy: (.+?) -->\n\n```json\n([\s\S]*?)```/g)].map(([, feature = "", json = ""]) => {
    const { Statement } = JSON.parse(json) as { readonly Statement: readonly Statement[] };
    return [feature, Statement] as const;
  }),
);
const actionsIn = (feature: string) => (policies.get(feature) ?? []).flatMap(({ Action }) => Action);

const context = () => ({ signal: AbortSignal.timeout(20_000), bypassCaches: false });
const refs = (...names: string[]): SecretRef[] => names.map((name) => ({ name, version: "current" }));

interface Feature {
  readonly use: (source: SecretSource) => Promise<unknown> | undefined;
  /** Its policy comes on top of that one. */
  readonly besides?: string;
  readonly options?: object;
}

/** What each feature does. */
const features: Readonly<Record<string, Feature>> = {
  "secrets-manager read": { use: (source) => ask(source, "/a") },
  "secrets-manager batch": {
    use: (source) => source.batch?.read(refs("/a", "/b"), context()),
    besides: "secrets-manager read",
  },
  "secrets-manager watch": { use: (source) => source.probe?.({ name: "/a", version: "current" }, context()) },
  "parameter-store read": { use: (source) => ask(source, "/a") },
  "parameter-store batch": {
    use: (source) => source.batch?.read(refs("/a", "/b"), context()),
    besides: "parameter-store read",
  },
  "parameter-store reference": { use: (source) => ask(source, "/aws/reference/secretsmanager/a") },
  "parameter-store tree": { use: (source) => ask(source, "/tree/") },
  "parameter-store expiry": {
    use: (source) => ask(source, "/a"),
    besides: "parameter-store read",
    options: { expiryDates: true },
  },
};

/** The permissions that the use of a feature asks for, and what comes of it. */
async function used(feature: string, { hasOwnKey = true, denied = "" } = {}) {
  const isSecrets = feature.startsWith("secrets-manager");
  const fake = isSecrets ? await FakeSecretsManager.start() : await FakeParameterStore.start();
  for (const name of ["/a", "/b", ...Array.from({ length: 30 }, (_, index) => `/tree/${index}`)])
    fake.put(name, "value");
  if (fake instanceof FakeParameterStore) fake.putSecret("a", "value", "01234567-89ab-cdef-0123-456789abcdef");
  fake.hasOwnKey = hasOwnKey;
  if (denied !== "") fake.deny(denied.replace(/^[a-z]+:/, ""));
  const common = { region: fakeRegion, endpoint: fake.server.url, credentials: testCredentials };
  const { use, options } = features[feature] as Feature;
  const source = isSecrets ? awsSecretsManager(common) : awsParameterStore({ ...common, ...options });
  const outcome = await use(source);
  await source.close?.();
  await fake.server.close();
  return { permissions: fake.permissions, outcome };
}

test("each policy of the docs has a feature here, and each feature a policy", () => {
  expect([...policies.keys()].sort()).toEqual(Object.keys(features).sort());
});

test.each(Object.keys(features))("the policy for %s is what it asks permission for, and no more", async (feature) => {
  const base = new Set(actionsIn(features[feature]?.besides ?? ""));
  const { permissions } = await used(feature);
  expect(actionsIn(feature).sort()).toEqual([...permissions].filter((action) => !base.has(action)).sort());
});

test.each(Object.keys(features))("%s asks for no key where it is AWS's own", async (feature) => {
  const { permissions } = await used(feature, { hasOwnKey: false });
  expect([...permissions].filter((action) => action.startsWith("kms:"))).toEqual([]);
});

const needs = Object.keys(features).flatMap((feature) =>
  actionsIn(feature).map((action) => [feature, action] as const),
);

test.each(needs)("%s without %s names what is missing", async (feature, denied) => {
  const { outcome } = await used(feature, { denied });
  expect(JSON.stringify(outcome)).toContain(`\`${denied}\``);
});

test.each([...policies.keys()])("the key of the policy for %s is used through the service that decrypts", (feature) => {
  const decrypting = policies.get(feature)?.filter(({ Action }) => Action.includes("kms:Decrypt")) ?? [];
  const isReference = feature === "parameter-store reference";
  const service = isReference || feature.startsWith("secrets-manager") ? "secretsmanager" : "ssm";
  for (const { Action, Condition } of decrypting) {
    expect(Action).toEqual(["kms:Decrypt"]);
    expect(Condition?.StringEquals["kms:ViaService"]).toBe(`${service}.eu-west-1.amazonaws.com`);
  }
});
