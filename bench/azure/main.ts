import { join } from "node:path";
import { SecretClient, type SecretClientOptions } from "@azure/keyvault-secrets";
import { createSecrets } from "@secretsource/core";
import { azureKeyVault } from "@secretsource/provider-azure";
import { addedImportMs } from "../lib/added-import-ms.ts";
import type { Gate } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { publish } from "../lib/publish.ts";
import { rounded } from "../lib/results.ts";
import { processorNs, takeTurns } from "../lib/take-turns.ts";
import { answerOf, type Canned, cannedVault, type Sent, vaultUrl } from "./canned-vault.ts";
import type { AzureFigures } from "./figures.ts";
import { azureParts } from "./page-parts.ts";

let tokens = 0;
const credential = {
  async getToken() {
    tokens += 1;
    return { token: "token", expiresOnTimestamp: Date.now() + 3_600_000 };
  },
};

function clientOf(canned: Canned, sent?: Sent[]): SecretClient {
  const options: SecretClientOptions = { httpClient: cannedVault(canned, sent), retryOptions: { maxRetries: 0 } };
  return new SecretClient(vaultUrl, credential, options);
}

let names = 0;
const nextName = () => `secret-${names++ % 100_000}`;
const repeat = (once: () => Promise<unknown>) => async (times: number) => {
  for (let n = 0; n < times; n++) await once();
};

function readsOf(canned: Canned) {
  const client = clientOf(canned);
  const source = azureKeyVault({ client });
  const secrets = createSecrets({ source: azureKeyVault({ client }) });
  const { signal } = new AbortController();
  return {
    bare: repeat(() => client.getSecret(nextName())),
    source: repeat(() => source.read({ name: nextName(), version: "current" }, { signal, bypassCaches: false })),
    throughCore: repeat(() => secrets.getSecret(nextName())),
  };
}

const cold = await takeTurns(readsOf({}), { rounds: 25, times: 1000, now: processorNs });
const { source: _, ...slowReads } = readsOf({ answersInMs: 5 });
const slow = await takeTurns(slowReads, { rounds: 15, times: 20 });

async function looks() {
  const measured: AzureFigures["looks"][number][] = [];
  for (const valueLength of [100, 1000, 25_000]) {
    const client = clientOf({ valueLength });
    const rounds = await takeTurns(
      { it: repeat(() => client.getSecret("db")) },
      { rounds: 9, times: 500, now: processorNs },
    );
    const bytes = answerOf("/secrets/db/", { valueLength }).length;
    measured.push({ what: `read, a value of ${valueLength} characters`, bytes, us: us(rounds.it) });
  }
  for (const versions of [1, 5, 25]) {
    const client = clientOf({ versions });
    const list = async () => {
      for await (const page of client.listPropertiesOfSecretVersions("db").byPage()) void page;
    };
    const rounds = await takeTurns({ it: repeat(list) }, { rounds: 9, times: 500, now: processorNs });
    const bytes = answerOf("/secrets/db/versions", { versions }).length;
    measured.push({ what: `look, ${versions} version${versions === 1 ? "" : "s"}`, bytes, us: us(rounds.it) });
  }
  return measured;
}

async function thousandCallers() {
  tokens = 0;
  const sent: Sent[] = [];
  const secrets = createSecrets({ source: azureKeyVault({ client: clientOf({ answersInMs: 5 }, sent) }) });
  await Promise.all(Array.from({ length: 1000 }, () => secrets.getSecret("db")));
  return { tokens, reads: sent.filter(({ isKnown }) => isKnown).length };
}

function us(ns: readonly number[] = []): number {
  return rounded(median(ns) / 1000);
}

/** Of pairs of the same round, so that what disturbed one disturbed the other. */
function difference(one: readonly number[] = [], other: readonly number[] = []): number {
  return median(one.map((ns, round) => ns - (other[round] ?? ns)));
}

const here = (file: string) => join(import.meta.dirname, file);
const importMs = addedImportMs(here("with-provider.mjs"), here("with-core.mjs"), 20);
const figures: AzureFigures = {
  coldReadUs: { bare: us(cold.bare), source: us(cold.source), throughCore: us(cold.throughCore) },
  slowReadMs: {
    bare: rounded(median(slow.bare ?? []) / 1e6),
    throughCore: rounded(median(slow.throughCore ?? []) / 1e6),
  },
  thousandCallers: await thousandCallers(),
  looks: await looks(),
};
const overBare = (difference(slow.throughCore, slow.bare) / median(slow.bare ?? [])) * 100;
const gates: Gate[] = [
  {
    what: "processor over the bare SDK, a cold read",
    measured: rounded(difference(cold.throughCore, cold.bare) / 1000),
    limit: { atMost: 100 },
    unit: "µs",
  },
  { what: "time over the bare SDK, answers in 5 ms", measured: rounded(overBare), limit: { atMost: 5 }, unit: "%" },
  { what: "import, before its first use", measured: rounded(importMs), limit: { atMost: 5 }, unit: "ms" },
  { what: "tokens for a thousand callers", measured: figures.thousandCallers.tokens, limit: { atMost: 1 }, unit: "" },
  { what: "reads for a thousand callers", measured: figures.thousandCallers.reads, limit: { atMost: 1 }, unit: "" },
];
publish("azure", { gates, figures }, join(import.meta.dirname, "README.md"), azureParts);
process.exit();
