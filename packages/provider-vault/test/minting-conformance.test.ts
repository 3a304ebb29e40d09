import { describeSource } from "@secretsource/conformance";
import { describe, test } from "vitest";
import { token } from "../src/auth/index.ts";
import { vaultAws, vaultDatabase, vaultPath, vaultPki } from "../src/index.ts";
import { fakeAwsStore } from "./fake-aws-store.ts";
import { certificateFor, fakeMintingStore } from "./fake-minting-store.ts";
import { type MintingStore, mintingHarness } from "./minting-harness.ts";

const illegal = ["a//b", "/a", "..", "a\u200bb"];
const at = (store: MintingStore) => ({ address: store.address, env: {}, login: token({ token: store.token }) });

const harnesses = [
  mintingHarness({
    name: "vaultDatabase",
    open: () => fakeMintingStore("database"),
    make: (store) => vaultDatabase(at(store)),
    illegal,
  }),
  ...(["iam_user", "assumed_role", "federation_token"] as const).map((type) =>
    mintingHarness({
      name: `vaultAws, ${type}`,
      open: () => fakeAwsStore(type),
      make: (store) => vaultAws({ ...at(store), propagation: "5ms" }),
      illegal,
    }),
  ),
  mintingHarness({
    name: "vaultPath",
    open: () => fakeMintingStore("rabbitmq"),
    make: (store) => vaultPath({ ...at(store), prefix: "rabbitmq/creds", mints: true }),
    illegal,
  }),
  mintingHarness({
    name: "vaultPki",
    open: () => fakeMintingStore("pki", "issue", "POST", { data: () => certificateFor(3600) }),
    make: (store) => vaultPki({ ...at(store), certificates: (role) => ({ role, commonName: "app.example.com" }) }),
    illegal: [],
    versions: true,
  }),
];

for (const harness of harnesses) describeSource(harness, { describe, test });
