import { readSettings } from "../client/read-settings.ts";
import type { Secrets } from "../client/secrets.ts";
import { SecretsInstance } from "../client/secrets-instance.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { copyOf, readOptions } from "../source-kit/read-options.ts";
import type { Duration } from "../time/duration.ts";
import type { MockCapabilities, MockSeed } from "./mock-options.ts";
import { type MockSource, mockSource } from "./mock-source.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

export interface TestSecretsOptions<Name extends string = string> extends MockCapabilities {
  /** Oldest value served while the store is healthy. Default: `"5m"`, as everywhere. */
  readonly ttl?: Duration | undefined;
  /** How long after its `ttl` a value is served while the store gives no usable answer. Default: `"1h"`. */
  readonly maxStale?: Duration | undefined;
  /** Further sources, each a mock, by the names that `getSecret(name, { source })` uses. */
  readonly sources?: Readonly<Record<Name, MockSeed>> | undefined;
  /** A clock to share with others, who then see to it that no timer is left. Default: one of its own. */
  readonly clock?: VirtualClock | undefined;
}

/** An instance on mocks and on virtual time. */
export interface TestSecrets<Name extends string = string> extends AsyncDisposable {
  readonly secrets: Secrets;
  /** The default source, called `mock`. */
  readonly source: MockSource;
  /** Every source by its name. */
  readonly sources: Readonly<Record<Name | "mock", MockSource>>;
  readonly clock: VirtualClock;
  /** Closes the instance. Idempotent. @throws Error where a timer is left pending on the clock. */
  close(): Promise<void>;
}

const known = ["ttl", "maxStale", "sources", "clock", "batch", "probe", "watch"] as const;

/**
 * An instance for one test, ready to use.
 *
 * ```ts
 * await using test = testSecrets({ db: { username: "app", password: "one" } });
 * const { secrets, source, clock } = test;
 * source.rotate("db", { username: "app", password: "two" });
 * await clock.advance("5m");
 * ```
 *
 * What the library draws at random (waits before a retry, refresh points) it draws from the middle here, so that a test
 * that passes once passes always. No time passes by itself: a read that needs some (a retry, a deadline) is awaited by
 * `clock.until(read)`.
 *
 * @param seed Values by the secrets' names, as `mockSource()` takes them.
 * @throws SecretsError `invalid-options`
 */
export function testSecrets<Name extends string = never>(
  seed: MockSeed = {},
  options?: TestSecretsOptions<Name>,
): TestSecrets<Name> {
  const given = readOptions(options, known, "The options of testSecrets()");
  const { ttl, maxStale, batch, probe, watch } = given as TestSecretsOptions;
  const clock = (given.clock as VirtualClock | undefined) ?? virtualClock();
  const others = given.sources === undefined ? {} : copyOf(given.sources);
  if (others === undefined) return invalidOptions("`sources` must map names to seeds.");
  if (Object.hasOwn(others, "mock")) return invalidOptions("`mock` is the name of the default source.");
  const seeds = Object.entries({ ...(others as Record<string, MockSeed>), mock: seed });
  const named = seeds.map(([name, one]) => [name, mockSource(one, { clock, batch, probe, watch })] as const);
  const sources = Object.freeze(Object.fromEntries(named)) as TestSecrets<Name>["sources"];
  const settings = readSettings({ sources, default: "mock", clock, ttl, maxStale });
  const secrets: Secrets = new SecretsInstance({ ...settings, random: () => 0.5 });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await secrets.close();
    await clock.settle();
    if (given.clock === undefined) clock.assertIdle();
  };
  const closeOnce = () => {
    closing ??= close();
    return closing;
  };
  return {
    secrets,
    source: sources.mock,
    sources,
    clock,
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  };
}
