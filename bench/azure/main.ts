import { join } from "node:path";
import { createSecrets } from "@secretsource/core";
import { azureKeyVault } from "@secretsource/provider-azure";
import { addedImportMs } from "../lib/added-import-ms.ts";
import { compareWaits, compareWork } from "../lib/compare-reads.ts";
import { forkService } from "../lib/forked-service.ts";
import type { Gate } from "../lib/gate.ts";
import { median } from "../lib/median.ts";
import { publish } from "../lib/publish.ts";
import { rounded } from "../lib/results.ts";
import { difference, processorNs, takeTurns } from "../lib/take-turns.ts";
import { answerOf } from "./answers.ts";
import { bareClient, countedCredential, repeat, waysTo } from "./clients.ts";
import type { AzureFigures } from "./figures.ts";
import { azureParts } from "./page-parts.ts";

const here = (file: string) => join(import.meta.dirname, file);

const service = await forkService(here("serve.ts"), 0);
const cold = await compareWork(waysTo(service));
const looked = await looks();
service.stop();

const slowService = await forkService(here("serve.ts"), 5);
const { bare, throughCore } = waysTo(slowService);
const slow = await compareWaits({ bare, throughCore });
const thousandCallers = await readByThousand();
slowService.stop();

async function looks() {
  const measured: AzureFigures["looks"][number][] = [];
  const client = bareClient(service);
  const add = async (what: string, url: string, once: () => Promise<unknown>) => {
    const { look } = await takeTurns({ look: repeat(once) }, { rounds: 9, times: 500, now: processorNs });
    measured.push({ what, bytes: answerOf(client.vaultUrl, url).length, us: us(look) });
  };
  for (const length of [100, 1000, 25_000]) {
    const name = `value-${length}`;
    await add(`read, a value of ${length} characters`, `/secrets/${name}`, () => client.getSecret(name));
  }
  for (const versions of [1, 5, 25]) {
    const name = `versions-${versions}`;
    await add(`look, ${versions} version${versions === 1 ? "" : "s"}`, `/secrets/${name}/versions`, async () => {
      for await (const page of client.listPropertiesOfSecretVersions(name).byPage()) void page;
    });
  }
  return measured;
}

async function readByThousand() {
  const before = await slowService.count("reads");
  const credential = countedCredential();
  const secrets = createSecrets({ source: azureKeyVault({ client: bareClient(slowService, credential) }) });
  await Promise.all(Array.from({ length: 1000 }, () => secrets.getSecret("db")));
  await secrets.close();
  return { tokens: credential.asked.tokens, reads: (await slowService.count("reads")) - before };
}

function us(ns: readonly number[] = []): number {
  return rounded(median(ns) / 1000);
}

const importMs = addedImportMs(here("with-provider.mjs"), here("with-core.mjs"));
const figures: AzureFigures = {
  coldReadUs: { bare: us(cold.bare), source: us(cold.source), throughCore: us(cold.throughCore) },
  slowReadMs: {
    bare: rounded(median(slow.bare ?? []) / 1e6),
    throughCore: rounded(median(slow.throughCore ?? []) / 1e6),
  },
  thousandCallers,
  looks: looked,
};
const overBare = (difference(slow, "throughCore", "bare") / median(slow.bare ?? [])) * 100;
const gates: Gate[] = [
  {
    what: "processor over the bare SDK, a cold read",
    measured: rounded(difference(cold, "throughCore", "bare") / 1000),
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
