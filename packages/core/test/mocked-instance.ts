import { createSecrets } from "../src/client/create-secrets.ts";
import type { SecretsOptions } from "../src/client/secrets-options.ts";
import type { SecretsEvent } from "../src/state/secrets-event.ts";
import type { MockOptions, MockSeed } from "../src/testing/mock-options.ts";
import { mockSource } from "../src/testing/mock-source.ts";
import { virtualClock } from "../src/testing/virtual-clock.ts";
import type { Duration } from "../src/time/duration.ts";

/** An instance over a mocked store, with what it tells. */
export function mockedInstance(
  seed: MockSeed = { db: "one" },
  { ttl, maxStale, ...mock }: MockOptions & { readonly ttl?: Duration; readonly maxStale?: Duration } = {},
) {
  const clock = virtualClock();
  const source = mockSource(seed, { clock, ...mock });
  const options: SecretsOptions = { source, clock, ttl: ttl ?? "5m", maxStale };
  const secrets = createSecrets(options);
  const events: SecretsEvent[] = [];
  secrets.on((event) => events.push(event));
  return {
    clock,
    source,
    secrets,
    events,
    /** Events of this type, as `version code`. */
    told: (type: SecretsEvent["type"]) =>
      events
        .filter((event) => event.type === type)
        .map((event) => `${"version" in event ? event.version : "-"} ${"code" in event ? event.code : "-"}`),
    /** What was asked, as `method version`. */
    asked: () => source.calls.map(({ method, version }) => `${method} ${String(version)}`),
  };
}
