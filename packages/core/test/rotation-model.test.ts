import fc from "fast-check";
import { expect, test } from "vitest";
import { liveStates, type RotationConfig, RotationRig } from "./model/rotation-rig.ts";
import type { RotationWeather } from "./model/rotation-store.ts";

const runs = Number(process.env.MODEL_RUNS ?? 800);
const seed = Number(process.env.MODEL_SEED || Date.now() % 2 ** 31);
const path = process.env.MODEL_PATH;

/** All that can happen around a live secret. */
const events: Readonly<Record<string, (rig: RotationRig) => unknown>> = {
  rotates: ({ store }) => store.rotate(),
  "rolls back": ({ store }) => store.rollBack(),
  stages: ({ store }) => store.stage(),
  promotes: ({ store }) => store.promote(),
  "is hinted at": ({ secrets }) => secrets.hint("db"),
  "is hinted at a thousand times": ({ secrets }) => {
    for (let hint = 0; hint < 1000; hint += 1) secrets.hint("db");
  },
  "is reported by its source": ({ store }) => store.report(),
  "is read": (rig) => rig.read(false),
  "is refreshed": (rig) => rig.read(true),
  "runs an operation that works": (rig) => rig.run(true),
  "runs an operation that nobody lets in": (rig) => rig.run(false),
  "is aborted": (rig) => rig.abort(),
  "goes on": ({ clock }) => clock.advance("1s"),
  "goes on for long": ({ clock }) => clock.advance("40s"),
  "sleeps for seconds": (rig) => rig.sleep(20_000),
  "sleeps past maxStale": (rig) => rig.sleep(rig.config.ttlMs + rig.config.maxStaleMs),
  ...Object.fromEntries(
    (["fine", "unavailable", "unauthenticated", "access-denied"] satisfies RotationWeather[]).map((weather) => [
      `finds the store ${weather}`,
      ({ store }: RotationRig) => {
        store.weather = weather;
      },
    ]),
  ),
  closes: (rig) => rig.close(),
};

const weights: Readonly<Record<string, number>> = {
  "goes on": 8,
  "goes on for long": 4,
  "finds the store fine": 4,
  rotates: 4,
};

const visited = new Set<string>();

const commands = Object.entries(events).map(([what, happens]) => ({
  // Seldom: after it nothing else is looked at but that it stays so.
  weight: what === "closes" ? 0.2 : (weights[what] ?? 1),
  what,
  happens,
}));

function command(what: string, happens: (rig: RotationRig) => unknown): fc.AsyncCommand<object, RotationRig> {
  return {
    check: () => true,
    async run(_model, rig) {
      visited.add(`${rig.state} × ${what}`);
      await happens(rig);
      await rig.clock.settle();
      rig.check();
    },
    toString: () => what,
  };
}

const drawn = commands.flatMap(({ weight, what, happens }) =>
  Array.from({ length: Math.max(1, Math.round(weight * 5)) }, () => fc.constant(command(what, happens))),
);

const config: fc.Arbitrary<RotationConfig> = fc.record({
  seed: fc.nat(),
  ttlMs: fc.constantFrom(1000, 30_000, 60_000),
  maxStaleMs: fc.constantFrom(0, 60_000),
});

test(`a live secret and its window, whatever comes in whatever order (MODEL_SEED=${seed})`, {
  timeout: 600_000,
}, async () => {
  const property = fc.asyncProperty(
    config,
    fc.commands(drawn, { maxCommands: 50, size: "max" }),
    async (one, steps) => {
      const rig = new RotationRig(one);
      await rig.begin();
      await fc.asyncModelRun(() => ({ model: {}, real: rig }), steps);
      await rig.end();
    },
  );
  await fc.assert(property, { numRuns: runs, seed, ...(path !== undefined && { path }) });
  if (path !== undefined) return;
  const pairs = liveStates.flatMap((state) => Object.keys(events).map((event) => `${state} × ${event}`));
  expect(pairs.filter((pair) => !visited.has(pair))).toEqual([]);
});
