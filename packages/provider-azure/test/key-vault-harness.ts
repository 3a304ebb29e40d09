import type { Agent } from "node:https";
import type { SourceHarness } from "@secretsource/conformance";
import { faultsOf, requestsOf, type WireRequest } from "@secretsource/conformance/wire";
import { azureKeyVault } from "../src/index.ts";
import { encodeName } from "../src/secret-name.ts";
import { clientSecret, type FakeEntra } from "./fake-entra.ts";
import type { FakeKeyVault } from "./fake-key-vault.ts";
import { clientSecretCredential, hasToken, startEntra, startVault, testAgent } from "./with-fake.ts";

interface Store {
  readonly entra: FakeEntra;
  readonly vault: FakeKeyVault;
  readonly agent: Agent;
}

const asksForValue = ({ path }: WireRequest) => path.startsWith("/secrets/") && !path.endsWith("/versions");
const longest = "n".repeat(127);
const named = (name: string) => encodeName(name) as string;

function put({ vault }: Store, name: string, payload: string | Uint8Array): string {
  if (typeof payload === "string") return vault.set(named(name), payload);
  const contentType = "application/octet-stream;base64";
  return vault.set(named(name), Buffer.from(payload).toString("base64"), { contentType });
}

export const keyVaultHarness: SourceHarness<Store> = {
  name: "azureKeyVault",
  promises: {
    stages: ["current", "previous"],
    versions: true,
    versionIds: true,
    labels: false,
    binary: true,
    mints: false,
    methods: ["close"],
  },
  async open() {
    const [entra, agent] = await Promise.all([startEntra(), testAgent()]);
    return { entra, agent, vault: await startVault(entra) };
  },
  make: ({ vault, entra, agent }) =>
    azureKeyVault({ vault: vault.server.url, credential: clientSecretCredential(entra, agent), agent }),
  async end({ vault, entra, agent }) {
    agent.destroy();
    await Promise.all([vault.server.close(), entra.server.close()]);
  },
  seed: {
    put,
    rollBack({ vault }, name) {
      const { value, contentType } = vault.previousValue(named(name));
      vault.set(named(name), value, { contentType });
    },
    disable: ({ vault }, name) => vault.disable(named(name)),
    remove: ({ vault }, name) => vault.remove(named(name)),
    deny: ({ vault }, name) => vault.deny("get", named(name)),
  },
  lacks: [
    { what: ["stage", "promote"], because: "A version in Key Vault is current as soon as it is set." },
    { what: ["label"], because: "Versions in Key Vault have no labels." },
    { what: ["denyBatch"], because: "Key Vault has no batches." },
  ],
  names: {
    longest,
    strange: ["production/myapp/db", "Production/MyApp/DB", "a_b.c+d=e@f", "/", "//", "..", "-", "--", "näme", "🔑"],
    alike: ["a/b-c", "a-b/c", "a/b/c", "A/B/C", "a-b-c", "a_b_c", "a.b.c", "a--b-c", "a---62-c", "a-/b-c", "a/-b-c"],
    illegal: [`${longest}n`, "A".repeat(62), "/".repeat(62), "https://other.vault.azure.net/secrets/a", "https://a b"],
  },
  // As text; in base64 it is three quarters of it.
  limitBytes: 25_600,
  ...faultsOf(({ vault }: Store) => vault.server, { where: hasToken }),
  requests: ({ vault }) => requestsOf(vault.server, { besides: (request) => !hasToken(request), values: asksForValue }),
  credentials: ({ entra }) => [clientSecret, ...entra.issued],
  patienceMs: 10_000,
};
