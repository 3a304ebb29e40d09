import { randomUUID } from "node:crypto";
import { createSecrets } from "@secretsource/core";
import type { SecretSource, SourceFailure } from "@secretsource/core/source";
import type { SourceHarness } from "../harness/source-harness.ts";
import type { Answer, Bench, CallOptions } from "./bench.ts";
import { fail } from "./expect.ts";
import { outcomeOf } from "./outcome.ts";
import { realPatience, virtualPatience } from "./patience.ts";
import { bindSeed } from "./seeding.ts";

const defaultPatienceMs = 2000;
const run = randomUUID().slice(0, 8);
let benches = 0;

type Ending = () => void | Promise<void>;

/** Runs one case on a bench of its own, and clears it away. */
export async function withBench(harness: SourceHarness<unknown>, work: (bench: Bench) => Promise<void>): Promise<void> {
  const store = await harness.open();
  const endings: Ending[] = [];
  let source: SecretSource | undefined;
  try {
    source = await harness.make(store);
    await work(makeBench(harness, store, source, endings));
  } finally {
    for (const end of endings.reverse()) await end();
    // Some cases close it themselves; whether it may be closed twice is a case of its own.
    await source?.close?.().catch(() => {});
    await harness.end?.(store);
  }
}

function makeBench(harness: SourceHarness<unknown>, store: unknown, source: SecretSource, endings: Ending[]): Bench {
  benches += 1;
  const prefix = `conf-${run}-${benches}`;
  const patienceMs = harness.patienceMs ?? defaultPatienceMs;
  const clock = harness.clock?.(store);
  const patience = clock === undefined ? realPatience(patienceMs) : virtualPatience(clock, patienceMs);
  const seed = bindSeed(harness.seed, store);
  let isFaulty = false;
  const canaries = new Set(harness.credentials?.(store) ?? []);

  const call = <T>(
    what: string,
    work: (context: { signal: AbortSignal; bypassCaches: boolean }) => Promise<T>,
    { signal = new AbortController().signal, bypassCaches = true }: CallOptions = {},
  ): Promise<T | SourceFailure> => patience.within(what, outcomeOf(source, { signal, bypassCaches }, work));
  const missing = (method: string) => fail(`the source promises \`${method}\` and has none`);
  const bench: Bench = {
    harness,
    source,
    seed,
    patience,
    canaries,
    name: (label = "secret") => harness.nameOf?.(`${prefix}-${label}`) ?? `${prefix}-${label}`,
    async absent(name = bench.name("absent")) {
      await harness.absent?.(store, name);
      return name;
    },
    value(label = "value") {
      const value = `${label}-${randomUUID()}`;
      canaries.add(value);
      return value;
    },
    async given(label) {
      const name = bench.name(label);
      if (harness.promises.mints) await seed.grant(name);
      else if (harness.seed.put === undefined) await seed.rotate(name);
      else await seed.put(name, bench.value());
      return name;
    },
    async read(name, version = "current", options) {
      const answer = await call("read()", async (context) => source.read({ name, version }, context), options);
      remember(canaries, answer);
      return answer;
    },
    readBatch: (refs, options) =>
      call("batch.read()", async (context) => (source.batch ?? missing("batch")).read(refs, context), options),
    probe: (name, version = "current", options) =>
      call("probe()", async (context) => source.probe?.({ name, version }, context) ?? missing("probe"), options),
    renew: (id, options) =>
      call("leases.renew()", async (context) => (source.leases ?? missing("leases")).renew(id, context), options),
    revoke: (id, options) =>
      call("leases.revoke()", async (context) => (source.leases ?? missing("leases")).revoke(id, context), options),
    another: async () => harness.make(store),
    async instance() {
      const secrets = createSecrets({ source: await harness.make(store), clock });
      endings.push(() => secrets.close());
      return secrets;
    },
    async fault(name) {
      if (harness.faults?.[name] === undefined) fail(`the case needs the fault \`${name}\``);
      // The next case may share the store.
      if (!isFaulty) endings.push(() => (isFaulty ? bench.heal() : undefined));
      isFaulty = true;
      await harness.faults[name](store);
    },
    async heal() {
      if (harness.heal === undefined) fail("a harness with `faults` needs `heal`");
      isFaulty = false;
      await harness.heal(store);
    },
    async requestsOf(work) {
      const count = () => harness.requests?.(store) ?? fail("the case needs `requests`");
      const before = count();
      await work();
      const after = count();
      return { all: after.all - before.all, values: after.values - before.values };
    },
    elsewhere: () => harness.elsewhere?.(store) ?? fail("a harness with the fault `redirect` needs `elsewhere`"),
    takenBytes: () => harness.takenBytes?.(store) ?? fail("the case needs `takenBytes`"),
  };
  return bench;
}

/** A minted value is a canary too. */
function remember(canaries: Set<string>, answer: Answer): void {
  const payload: unknown = answer?.failure === undefined ? answer?.payload : undefined;
  if (typeof payload === "string" && payload.length >= 12 && payload.length <= 4096) canaries.add(payload);
}
