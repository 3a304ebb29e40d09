import type { SourceHarness } from "@secretsource/conformance";
import { faultsOf, requestsOf } from "@secretsource/conformance/wire";
import { awsSecretsAgent } from "../src/index.ts";
import { FakeSecretsAgent } from "./fake-secrets-agent.ts";
import { commonHarness, commonLacks } from "./secrets-manager-harness.ts";
import { localUrl } from "./with-fake-agent.ts";

/** Behind the agent stands the service itself, so names, limits and lacks are those of Secrets Manager. */
export const secretsAgentHarness: SourceHarness<FakeSecretsAgent> = {
  name: "awsSecretsAgent",
  promises: { ...commonHarness.promises, methods: [] },
  names: commonHarness.names,
  limitBytes: commonHarness.limitBytes,
  open: () => FakeSecretsAgent.start(),
  make: (fake) => awsSecretsAgent({ url: localUrl(fake.server.port), token: () => fake.token }),
  end: (fake) => fake.close(),
  seed: {
    put: ({ service }, name, payload) => service.put(name, payload),
    stage: ({ service }, name, payload) => service.stage(name, payload),
    promote: ({ service }, name) => service.moveCurrentTo(name, "AWSPENDING"),
    rollBack: ({ service }, name) => service.moveCurrentTo(name, "AWSPREVIOUS"),
    label: ({ service }, name, label, id) => service.label(name, label, id),
    remove(fake, name) {
      fake.service.remove(name);
      // A first read is answered from the agent's cache until then.
      fake.expire();
    },
    deny: ({ service }, name) => service.deny("GetSecretValue", name),
  },
  ...faultsOf(({ server }: FakeSecretsAgent) => server, {
    instead: { unauthenticated: { status: 403, body: "Bad Token" } },
  }),
  requests: ({ server }) => requestsOf(server),
  credentials: ({ token }) => [token],
  lacks: [...commonLacks],
};
