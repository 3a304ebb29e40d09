import { expect, test } from "vitest";
import { token } from "../src/auth/index.ts";
import { vaultAws } from "../src/index.ts";
import { difference, documentedPolicies } from "./documented-policies.ts";
import { FakeMinter } from "./fake/fake-minter.ts";
import { startFake } from "./fake/start-fake.ts";

// The others are tried on OpenBao, which has no engine for AWS.
test("the policy for aws is what the requests need", async () => {
  await using fake = await startFake();
  const engine = new FakeMinter(fake.vault.leases);
  engine.roles.set("myapp", {
    lease: { ttl: 60 },
    data: () => ({ access_key: "AKIA", secret_key: "s", security_token: "t" }),
  });
  fake.vault.mounts.set("aws/", engine);
  const login = token({ token: fake.vault.tokens.make().value });
  const source = vaultAws({ address: fake.address, env: {}, login });
  const context = { signal: new AbortController().signal, bypassCaches: true };
  expect(await source.read({ name: "myapp", version: "current" }, context)).not.toHaveProperty("failure");
  await source.close?.();
  const rules = documentedPolicies.get("aws") ?? [];
  expect(difference(fake.server.requests, rules)).toEqual({ missing: [], unused: [] });
  const wrong = { text: "", path: "aws/sts/myapp", capabilities: ["read"] };
  expect(difference(fake.server.requests, [wrong])).toMatchObject({ missing: [{}], unused: [{}] });
});
