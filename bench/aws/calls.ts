import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import { SSMProvider } from "@aws-lambda-powertools/parameters/ssm";
import { createSecrets } from "@secretsource/core";
import { awsParameterStore, awsSecretsManager } from "@secretsource/provider-aws";
import type { CallCount } from "./figures.ts";
import { middySecrets } from "./middy.ts";
import type { Service } from "./service.ts";

const names = Array.from({ length: 100 }, (_, index) => `/production/myapp/secret-${index}`);
const readers = Array.from({ length: 1000 });
const name = "production/myapp/db";

/** The same work for each, and how many requests it makes. */
export async function countCalls(service: Service): Promise<CallCount[]> {
  const { settings } = service;
  const ours = createSecrets({ source: awsSecretsManager(settings) });
  const parameters = createSecrets({ source: awsParameterStore(settings) });
  const powertools = new SecretsProvider({ clientConfig: settings });
  const powertoolsParameters = new SSMProvider({ clientConfig: settings });
  const middy = middySecrets(service, [name]);
  const calls = async (work: () => Promise<unknown>) => {
    await service.takeCalls();
    await work();
    return Object.values(await service.takeCalls()).reduce((sum, one) => sum + one, 0);
  };
  const counts = [
    {
      what: "1,000 readers of one secret at once",
      ours: await calls(() => Promise.all(readers.map(() => ours.getSecret(name)))),
      powertools: await calls(() => Promise.all(readers.map(() => powertools.get(name)))),
      middy: await calls(() => Promise.all(readers.map(() => middy()))),
    },
    {
      what: "100 secrets at start",
      ours: await calls(() => Promise.all(names.map((one) => ours.getSecret(one)))),
      powertools: await calls(() => Promise.all(names.map((one) => powertools.get(one)))),
      middy: await calls(() => middySecrets(service, names)()),
    },
    {
      what: "100 parameters at start",
      ours: await calls(() => Promise.all(names.map((one) => parameters.getSecret(one)))),
      powertools: await calls(() =>
        powertoolsParameters.getParametersByName(Object.fromEntries(names.map((one) => [one, {}])), { decrypt: true }),
      ),
      middy: undefined,
    },
  ];
  await Promise.all([ours.close(), parameters.close()]);
  return counts;
}
