import { parameterStoreHarness } from "../../../provider-aws/test/parameter-store-harness.ts";
import { secretsAgentHarness } from "../../../provider-aws/test/secrets-agent-harness.ts";
import { secretsManagerHarness } from "../../../provider-aws/test/secrets-manager-harness.ts";
import { keyVaultHarness } from "../../../provider-azure/test/key-vault-harness.ts";
import { grpcHarness } from "../../../provider-gcp/test/harness.ts";
import { fakeKvStore } from "../../../provider-vault/test/fake-kv-store.ts";
import { fakeStaticRolesStore } from "../../../provider-vault/test/fake-static-roles-store.ts";
import { kvHarness } from "../../../provider-vault/test/kv-harness.ts";
import {
  choosingStaticRolesHarness,
  toldStaticRolesHarness,
} from "../../../provider-vault/test/static-roles-harness.ts";
import type { SourceHarness } from "../../src/index.ts";

const nothing = () => Promise.reject(new Error("The page opens no store."));

/** The sources of the packages for stores, as their own tests put the suite before them. Nothing is opened here. */
export const storeHarnesses = [
  secretsManagerHarness,
  parameterStoreHarness,
  secretsAgentHarness,
  grpcHarness,
  keyVaultHarness,
  kvHarness("vaultKv", fakeKvStore),
  toldStaticRolesHarness("vaultDatabase, static roles", () => fakeStaticRolesStore({ rotation_period: 86_400 })),
  choosingStaticRolesHarness("vaultDatabase, static roles, on OpenBao", nothing),
] as readonly SourceHarness<unknown>[];
