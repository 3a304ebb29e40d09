import { expect, test } from "vitest";
import { minted, testSecrets } from "../src/testing/index.ts";
import { schemaThat } from "./schema-that.ts";
import { scriptedInstance } from "./scripted-instance.ts";

const first = schemaThat<string>((value) => (value === "pw-1" ? { value } : { issues: [{ message: "not this one" }] }));

test("the lease of a credential that a reader goes on with is not revoked, however many have come since", async () => {
  const { secrets, source, clock } = testSecrets({ db: minted((count) => `pw-${count}`, { ttl: "1h" }) });
  const choosy = await secrets.watchSecret("db", { schema: first });
  const plain = await secrets.watchSecret("db");
  for (let turn = 0; turn < 3; turn += 1) {
    await clock.advance("2s");
    await secrets.getSecret("db", { refresh: true });
  }
  await clock.advance("40s");
  expect(choosy.current.reveal()).toBe("pw-1");
  expect(plain.current.reveal()).toBe("pw-4");
  // Those that nobody goes on with are.
  const revoked = source.calls.filter(({ method }) => method === "revoke").map(({ lease }) => lease);
  expect(revoked).toEqual(["db/lease-2", "db/lease-3"]);
  await secrets.close();
});

test("that a secret is made for us is known after a no of the store too, where only its record has said so", async () => {
  const lease = { id: "lease-1", ttlMs: 60_000, renewable: false };
  const { secrets, source, clock } = scriptedInstance({ payload: "made for us", lease });
  await secrets.getSecret("db");
  await clock.advance("2m");
  source.script({ failure: "access-denied" });
  await secrets.getSecret("db").catch(() => {});
  await clock.advance("1m");
  // One whose answer is lost may have made a credential: not tried again within the call.
  source.script({ failure: "unavailable", native: { code: "ECONNRESET" } });
  await secrets.getSecret("db").catch(() => {});
  expect(source.calls).toHaveLength(3);
  await secrets.close();
});
