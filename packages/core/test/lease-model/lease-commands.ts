import fc from "fast-check";
import { type LeaseReference, type MintWeather, type Name, names, type RenewWeather } from "./lease-reference.ts";
import type { LeaseRig } from "./lease-rig.ts";

const second = 1000;
const minute = 60 * second;

type LeaseCommand = fc.AsyncCommand<LeaseReference, LeaseRig>;

/** One step: what it does, and how it reads in a counterexample. */
function step(
  text: string,
  run: (rig: LeaseRig, reference: LeaseReference) => void | Promise<void>,
  check: (reference: LeaseReference) => boolean = () => true,
): LeaseCommand {
  return {
    check,
    async run(reference, rig) {
      await run(rig, reference);
      rig.steps += 1;
      rig.throwBroken();
    },
    toString: () => text,
  };
}

const name = fc.constantFrom<Name>(...names);

const ask = fc
  .record({ name, refresh: fc.constantFrom(false, false, false, true), impatient: fc.constantFrom(false, false, true) })
  .map(({ name: one, ...how }) => step(`ask ${one} ${JSON.stringify(how)}`, (rig) => rig.ask(one, how)));

const askPlainly = name.map((one) => step(`ask ${one}`, (rig) => rig.ask(one, { refresh: false, impatient: false })));

const leave = fc.constant(step("leave", (rig) => rig.leave()));

const watch = fc.tuple(name, fc.boolean()).map(([one, refusing]) =>
  step(
    `watch ${one}${refusing ? ", and refuse every other one" : ""}`,
    (rig) => rig.watch(one, refusing),
    ({ config, closed }) => config.watched && closed === "no",
  ),
);

const hint = name.map((one) =>
  step(
    `hint ${one}`,
    (rig) => rig.secrets.hint(one),
    ({ config }) => config.watched,
  ),
);

const tokenDies = fc.constant(
  step("the token that minted them dies", (_rig, reference) => {
    for (const credential of reference.credentials) credential.over = true;
  }),
);

const weathers: readonly MintWeather[] = [
  "fine",
  "fine",
  "fine",
  "fine",
  "loses answers",
  "hangs",
  "unreachable",
  "denies",
  "throttles",
  "throws",
];
const minting = fc.constantFrom(...weathers).map((next) =>
  step(`minting: ${next}`, (_rig, reference) => {
    reference.minting = next;
  }),
);

const renewals: readonly RenewWeather[] = [
  "fine",
  "fine",
  "fine",
  "truncates",
  "last time",
  "refuses",
  "unreachable",
  "hangs",
  "throws",
];
const renewing = fc.constantFrom(...renewals).map((next) =>
  step(`renewing: ${next}`, (_rig, reference) => {
    reference.renewing = next;
  }),
);

const revoking = fc.constantFrom("fine", "fine", "unreachable", "refuses").map((next) =>
  step(`revoking: ${next}`, (_rig, reference) => {
    reference.revoking = next as LeaseReference["revoking"];
  }),
);

const latency = fc.constantFrom(0, 0, 0, 5, 400, 2500).map((ms) =>
  step(`the store takes ${ms} ms`, (_rig, reference) => {
    reference.latencyMs = ms;
  }),
);

const shortly = fc.constantFrom(1, 150, 999, 1000, 1001, 3100);
const long = fc.constantFrom(7 * second, 15 * second, 31 * second, 45 * second, 61 * second, 7 * minute, 11 * minute);

/** Where something is watched, each second has its tick. */
const timers = (ms: number, { config }: LeaseReference) => (config.watched ? Math.min(ms, 61 * second) : ms);

const advance = fc
  .oneof(shortly, long, long)
  .map((ms) => step(`${ms} ms pass`, (rig, reference) => rig.pass(timers(ms, reference))));
const freeze = long.map((ms) => step(`the machine sleeps for ${ms} ms`, (rig) => rig.freeze(ms)));
const stall = long.map((ms) => step(`the process stops for ${ms} ms`, (rig) => rig.stall(ms)));
const settle = fc.constant(step("settle", (rig) => rig.clock.settle()));

const close = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 7 })).map(([revoke, chance]) =>
  step(
    `close, ${revoke ? "revoking" : "leaving"}`,
    (rig) => rig.close(revoke),
    ({ closed }) => chance === 0 && closed === "no",
  ),
);

/** As often as they are in the list. */
export const leaseCommands: fc.Arbitrary<LeaseCommand>[] = [
  ...Array.from({ length: 6 }, () => [ask, askPlainly, advance]).flat(),
  ...Array.from({ length: 3 }, () => [minting, renewing, settle]).flat(),
  watch,
  watch,
  hint,
  leave,
  tokenDies,
  revoking,
  latency,
  freeze,
  stall,
  close,
];
