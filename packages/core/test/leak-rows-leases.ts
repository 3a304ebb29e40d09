import type { SecretsEvent } from "../src/index.ts";
import { minted, testSecrets } from "../src/testing/index.ts";
import { canary } from "./leak-harness.ts";
import { outcomeOf } from "./leak-rows-root.ts";

/** A credential whose name in the store, and whose lease, quote it: renewed, replaced, lost, revoked, out of budget. */
export async function driveLeases(): Promise<unknown[]> {
  const creds = minted((count) => `${canary}-${count}`, { ttl: "1h", maxTtl: "2h" });
  const { secrets, source, clock } = testSecrets({ db: creds });
  const heard: SecretsEvent[] = [];
  secrets.on((event) => void heard.push(event));
  const live = await secrets.watchSecret("db");
  await clock.advance("3h");
  source.expireLease("db");
  source.fail("db", "access-denied", { on: "revoke", times: 1 });
  await clock.advance("1h");
  const outcomes: unknown[] = [];
  for (let round = 0; round < 6; round += 1) {
    outcomes.push(await outcomeOf(() => secrets.getSecret("db", { refresh: true })));
    await clock.advance("2s");
  }
  for (const type of ["lease-renewed", "lease-replaced", "lease-lost", "degraded"]) {
    if (!heard.some((event) => event.type === type)) throw new Error(`nothing told of ${type}, so the row shows less`);
  }
  if (JSON.stringify([heard, secrets.status()]).includes("lease-1")) throw new Error("a lease's id came out");
  outcomes.push(live, secrets.status(), secrets.health());
  source.fail("db", "unavailable", { on: "revoke" });
  outcomes.push(await outcomeOf(() => secrets.close({ revoke: true })));
  return [...heard, ...outcomes];
}
