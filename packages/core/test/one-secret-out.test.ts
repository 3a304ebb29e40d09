import { describe, expect, test } from "vitest";
import { SecretsInstance } from "../src/client/secrets-instance.ts";
import type { SecretsEvent } from "../src/index.ts";
import type { SecretSource } from "../src/source/secret-source.ts";
import type { SourceFailure } from "../src/source/source-failure.ts";
import { virtualClock } from "../src/testing/index.ts";
import { seededRandom } from "./seeded-random.ts";

/** One store, with a database behind each secret; that of `orders` is down from a moment on. */
function makeStore(failure: SourceFailure) {
  const asked: string[] = [];
  let isDown = false;
  const leaseOf = (id: string) => ({ id, ttlMs: 60_000, renewable: true });
  const fails = (name: string) => isDown && name.startsWith("orders");
  const source: SecretSource = {
    specVersion: 1,
    kind: "store",
    traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: true },
    async read({ name }) {
      asked.push(name);
      return fails(name) ? failure : { payload: `${name} ${asked.length}`, lease: leaseOf(`${name} ${asked.length}`) };
    },
    leases: {
      async renew(id) {
        asked.push(id);
        return fails(id) ? failure : leaseOf(id);
      },
      async revoke() {},
    },
    classify: () => undefined,
  };
  return {
    source,
    breakDown() {
      isDown = true;
      asked.length = 0;
    },
    askedOf: (name: string) => asked.filter((one) => one.startsWith(name)).length,
  };
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8])("a database behind the store is down for 20 min (%i)", (seed) => {
  test("the credentials of the others are renewed all the while", async () => {
    const clock = virtualClock();
    const store = makeStore({ failure: "unavailable", thisSecretOnly: true, madeNothing: true });
    const secrets = new SecretsInstance({
      sources: [
        { name: "store", members: [store.source], when: new Set(), policy: { ttlMs: 300_000, maxStaleMs: 3_600_000 } },
      ],
      defaultName: "store",
      clock,
      random: seededRandom(seed),
    });
    const told: SecretsEvent[] = [];
    secrets.on((event) => void told.push(event));
    await Promise.all(["orders", "users"].map((name) => secrets.watchSecret(name)));
    store.breakDown();
    await clock.advance("20m");
    const ofUsers = told.filter((event) => "secretName" in event && event.secretName === "users");
    expect(new Set(ofUsers.map(({ type }) => type))).toEqual(new Set(["loaded", "lease-renewed"]));
    expect(store.askedOf("users")).toBeGreaterThanOrEqual(25);
    // The one that is down waits for itself: up to a minute, full jitter.
    expect(store.askedOf("orders")).toBeLessThan(90);
    await secrets.close();
  });
});
