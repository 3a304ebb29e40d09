import { describeRotation, describeSource, type SourceHarness } from "@secretsource/conformance";
import { afterAll, describe, test } from "vitest";
import { startServer } from "../../../tools/servers/index.ts";
import {
  commonParameterHarness,
  commonParameterLacks,
  commonParameterSeed,
  type ParameterStoreStore,
} from "./parameter-store-harness.ts";
import { parameterStoreServer } from "./parameter-store-server.ts";
import { commonHarness, commonLacks, commonSeed, type SecretsManagerStore } from "./secrets-manager-harness.ts";
import { secretsManagerServer } from "./secrets-manager-server.ts";

const noLimits = { what: ["limit"], because: "The server takes values of any size." } as const;
const noDenials = { what: ["deny"], because: "The server asks for no permissions." } as const;
const { limitBytes: _, ...unlimited } = commonHarness;
const { limitBytes: __, ...unlimitedParameters } = commonParameterHarness;

// What one of the servers does otherwise than the service.
const lostLabels = {
  what: ["label"],
  because: "On moto a version loses its labels when another one becomes current.",
} as const;
const noSelectors = {
  what: ["label"],
  because: "Moto does not say which label it has answered, and an answer that does not is refused.",
} as const;
const { label: ___, ...withoutLabels } = commonSeed;
const { label: ____, ...withoutParameterLabels } = commonParameterSeed;

// Both are far slower than the service, at a hundred reads at once above all.
const patienceMs = 10_000;

for (const name of ["moto", "ministack"] as const) {
  const server = await startServer(name);
  afterAll(() => server.stop());

  const secrets: SourceHarness<SecretsManagerStore> = {
    ...unlimited,
    patienceMs,
    name: `awsSecretsManager on ${name}`,
    open: () => secretsManagerServer(server.url),
    seed: name === "moto" ? withoutLabels : commonSeed,
    lacks: [...commonLacks, noLimits, noDenials, ...(name === "moto" ? [lostLabels] : [])],
  };
  describeSource(secrets, { describe, test });
  describeRotation(secrets, { describe, test });

  const parameters: SourceHarness<ParameterStoreStore> = {
    ...unlimitedParameters,
    patienceMs,
    name: `awsParameterStore on ${name}`,
    open: () => parameterStoreServer(server.url),
    seed: name === "moto" ? withoutParameterLabels : commonParameterSeed,
    lacks: [...commonParameterLacks, noLimits, noDenials, ...(name === "moto" ? [noSelectors] : [])],
  };
  describeSource(parameters, { describe, test });
  describeRotation(parameters, { describe, test });
}
