import fc from "fast-check";
import type { Question } from "./ask.ts";
import { type Fate, type Name, names, type Reference, type Weather } from "./reference.ts";
import type { Rig } from "./rig.ts";

const second = 1000;
const minute = 60 * second;

type ModelCommand = fc.AsyncCommand<Reference, Rig>;

/** One step: what it does, and how it reads in a counterexample. */
function step(text: string, run: (rig: Rig, reference: Reference) => void | Promise<void>): ModelCommand {
  return {
    check: () => true,
    async run(reference, rig) {
      await run(rig, reference);
      rig.steps += 1;
      rig.throwBroken();
    },
    toString: () => text,
  };
}

const name = fc.constantFrom<Name>(...names);

function plainly(one: Name): Question {
  const nothing = { stage: undefined, maxAgeMs: undefined, optional: false, refresh: false, impatient: false };
  return { name: one, reading: "text", ...nothing };
}

const plainQuestion = name.map(plainly);

const anyQuestion: fc.Arbitrary<Question> = fc.record({
  name,
  stage: fc.constantFrom(undefined, undefined, undefined, "current", "previous"),
  reading: fc.constantFrom("text", "text", "field", "schema", "refusing odd versions"),
  optional: fc.boolean(),
  refresh: fc.constantFrom(false, false, true),
  maxAgeMs: fc.constantFrom(undefined, undefined, 0, 1500, 20_000, 3_600_000),
  impatient: fc.constantFrom(false, false, true),
});

const ask = fc
  .oneof(plainQuestion, anyQuestion)
  .map((question) => step(`ask ${JSON.stringify(question)}`, (rig) => rig.ask(question)));

const askAll = fc.constant(
  step("ask for all", (rig) => {
    for (const one of names) rig.ask(plainly(one));
  }),
);

const rotate = name.map((one) =>
  step(`rotate ${one}`, (_rig, reference) => {
    const secret = reference.secret(one);
    secret.previous = secret.version;
    secret.version += 1;
  }),
);

const rollBack = name.map((one) =>
  step(`roll ${one} back`, (_rig, reference) => {
    const secret = reference.secret(one);
    if (secret.previous < 0) return;
    [secret.version, secret.previous] = [secret.previous, secret.version];
  }),
);

const fates: readonly Fate[] = [
  "here",
  "here",
  "here",
  "not-found",
  "access-denied",
  "deleted",
  "disabled",
  "decryption-failed",
];
const fate = fc.tuple(name, fc.constantFrom(...fates)).map(([one, next]) =>
  step(`${one} is ${next}`, (rig, reference) => {
    reference.secret(one).fate = next;
    reference.changed(rig.watch.now());
  }),
);

const weathers: readonly Weather[] = [
  "fine",
  "fine",
  "fine",
  "fine",
  "unavailable",
  "unavailable",
  "throttled",
  "throttled for 7 s",
  "unauthenticated",
  "payload-corrupt",
  "hangs",
  "throws",
];
const weather = fc.constantFrom(...weathers).map((next) =>
  step(`the store is ${next}`, (rig, reference) => {
    reference.weather = next;
    reference.changed(rig.watch.now());
  }),
);

const latency = fc.constantFrom(0, 0, 5, 400, 2500, 4000).map((ms) =>
  step(`the store takes ${ms} ms`, (rig, reference) => {
    reference.latencyMs = ms;
    reference.changed(rig.watch.now());
  }),
);

const facts = fc.constantFrom<[number, number | undefined]>(
  [0, undefined],
  [20_000, undefined],
  [900_000, undefined],
  [0, 0],
  [0, -5],
  [0, 4000],
);
const upstream = facts.map(([ageMs, changesInMs]) =>
  step(`answers are ${ageMs} ms old and change in ${changesInMs} ms`, (_rig, reference) => {
    reference.ageMs = ageMs;
    reference.changesInMs = changesInMs;
  }),
);

function whereWatched(command: ModelCommand): ModelCommand {
  return { ...command, check: ({ config }) => config.watched, toString: () => command.toString() };
}

const watch = name.map((one) => whereWatched(step(`watch ${one}`, (rig) => rig.follow(one))));
const hint = name.map((one) => whereWatched(step(`hint ${one}`, (rig) => rig.secrets.hint(one))));

const settle = fc.constant(step("settle", (rig) => rig.watch.clock.settle()));
const leave = fc.constant(step("leave", (rig) => rig.leave()));
const close = fc.constant(step("close", (rig) => rig.close()));

const shortly = fc.constantFrom(1, 60, 150, 400, 999, 1000, 1001, 2500, 3100);
const long = fc.constantFrom(
  5 * second,
  10 * second,
  29 * second,
  31 * second,
  61 * second,
  4 * minute,
  5 * minute,
  7 * minute,
  61 * minute,
  66 * minute,
);
const anyTime = fc.oneof(shortly, long);

/** One call is still on its way when another finds the store out. */
const crossing = fc.tuple(name, name).map(([slow, fast]) =>
  step(`the store goes down while it is asked for ${slow}, as ${fast} finds out`, async (rig, reference) => {
    const { latencyMs } = reference;
    reference.latencyMs = 2500;
    rig.ask(plainly(slow));
    await rig.watch.clock.settle();
    reference.weather = "unavailable";
    reference.latencyMs = latencyMs;
    reference.changed(rig.watch.now());
    rig.ask(plainly(fast));
    await rig.watch.clock.advance(400);
  }),
);

/** Where something is watched, each second has its tick. */
const timers = (ms: number, { config }: Reference) => (config.watched ? Math.min(ms, 61 * second) : ms);

const advance = anyTime.map((ms) =>
  step(`${ms} ms pass`, (rig, reference) => rig.watch.clock.advance(timers(ms, reference))),
);
const pause = shortly.map((ms) => step(`${ms} ms pass`, (rig) => rig.watch.clock.advance(ms)));
const jump = fc
  .tuple(anyTime, fc.constantFrom(-1, 1))
  .map(([ms, sign]) => step(`the wall clock jumps by ${sign * ms} ms`, (rig) => rig.watch.jump(sign * ms)));
const freeze = anyTime.map((ms) => step(`the machine sleeps for ${ms} ms`, (rig) => rig.watch.freeze(ms)));
const stall = anyTime.map((ms) => step(`the process stops for ${ms} ms`, (rig) => rig.watch.clock.stall(ms)));
const standstill = anyTime.map((ms) =>
  step(`the wall clock stands still for ${ms} ms`, (rig, reference) =>
    rig.watch.advanceMonotonic(timers(ms, reference)),
  ),
);

const often = [ask, advance];
const seldom = [
  askAll,
  crossing,
  watch,
  hint,
  rotate,
  rollBack,
  fate,
  weather,
  latency,
  upstream,
  settle,
  leave,
  pause,
  jump,
  freeze,
  stall,
  standstill,
];

/** As often as they are in the list. */
export const commandArbitraries: fc.Arbitrary<ModelCommand>[] = [
  ...Array.from({ length: 6 }, () => often).flat(),
  ...Array.from({ length: 2 }, () => [weather, pause, settle, leave]).flat(),
  ...seldom,
  fc.integer({ min: 0, max: 9 }).chain((chance) => (chance === 0 ? close : settle)),
];
