import { faultNames, faults } from "../harness/faults.ts";
import type { Lackable } from "../harness/lacks.ts";
import { seedStepNames } from "../harness/seed-steps.ts";
import type { SourceHarness } from "../harness/source-harness.ts";
import { sourceMethods } from "../harness/source-promises.ts";

/** Why each need that is not met is not met. Needs that are met are not in it. */
export function missingNeeds(harness: SourceHarness<unknown>): ReadonlyMap<string, string> {
  return new Map([...missingParts(harness), ...missingPromises(harness)]);
}

/** What the harness does not supply, with the reason that it declares; undefined where it declares none. */
export function unsupplied(harness: SourceHarness<unknown>): ReadonlyMap<Lackable, string | undefined> {
  const supplied = suppliedParts(harness);
  const reasons = declaredReasons(harness);
  const parts = [...allParts, ...stepsOf(harness)];
  return new Map(parts.filter((part) => !supplied.has(part)).map((part) => [part, reasons.get(part)]));
}

/** What is supplied and declared as lacking as well. */
export function contradictions(harness: SourceHarness<unknown>): readonly Lackable[] {
  const supplied = suppliedParts(harness);
  return [...declaredReasons(harness).keys()].filter((part) => supplied.has(part));
}

const mintingSteps = ["grant", "endLease"] as const;
const plainSteps = ["put", "stage", "promote", "rollBack", "label", "disable", "bytes", "empty-values"] as const;
/** Where nobody can tell the store a value, it has to choose one. */
const choosingSteps = ["rotate"] as const;
const always = ["remove", "deny", "limit", "illegal-names", "requests", "credentials", "taken-bytes"] as const;
const allParts: readonly Lackable[] = [...always, ...faultNames];

function stepsOf({ promises, seed }: SourceHarness<unknown>): readonly Lackable[] {
  if (promises.mints) return mintingSteps;
  return seed.put === undefined ? [...plainSteps, ...choosingSteps] : plainSteps;
}

function suppliedParts(harness: SourceHarness<unknown>): ReadonlySet<Lackable> {
  const { seed, faults: injected = {}, names, limitBytes, requests, credentials, takenBytes } = harness;
  const declared = declaredReasons(harness);
  const features: [Lackable, boolean][] = [
    ["limit", limitBytes !== undefined],
    ["illegal-names", names.illegal.length > 0],
    ["requests", requests !== undefined],
    ["credentials", credentials !== undefined],
    ["taken-bytes", takenBytes !== undefined],
    // What `put` takes; there is nothing to supply besides.
    ["bytes", seed.put !== undefined && !declared.has("bytes")],
    ["empty-values", seed.put !== undefined && !declared.has("empty-values")],
  ];
  return new Set<Lackable>([
    ...seedStepNames.filter((step) => seed[step] !== undefined),
    ...faultNames.filter((fault) => injected[fault] !== undefined),
    ...features.filter(([, is]) => is).map(([feature]) => feature),
  ]);
}

function declaredReasons({ lacks }: SourceHarness<unknown>): ReadonlyMap<Lackable, string> {
  const onNetwork: readonly Lackable[] = [...faultNames.filter((fault) => faults[fault].network), "taken-bytes"];
  return new Map(
    lacks.flatMap(({ what, because }) =>
      what
        .flatMap((part): readonly Lackable[] => (part === "network" ? onNetwork : [part]))
        .map((part): [Lackable, string] => [part, because]),
    ),
  );
}

function missingParts(harness: SourceHarness<unknown>): [string, string][] {
  const supplied = suppliedParts(harness);
  const reasons = declaredReasons(harness);
  const clock: [string, string][] = harness.clock === undefined ? [["clock", "It lives on real time."]] : [];
  return [...seedStepNames, ...allParts, "bytes" as const, "empty-values" as const]
    .filter((part) => !supplied.has(part))
    .map((part): [string, string] => [part, reasons.get(part) ?? notForIt(harness, part)])
    .concat(clock);
}

function notForIt({ promises, seed }: SourceHarness<unknown>, part: Lackable): string {
  if (promises.mints) return "It mints its values.";
  const isTold = part === "rotate" && seed.put !== undefined;
  return isTold ? "Its store is told its values." : "Its harness neither supplies it nor says why not.";
}

function missingPromises({ promises }: SourceHarness<unknown>): [string, string][] {
  const kept: Readonly<Record<string, boolean>> = {
    ...Object.fromEntries(sourceMethods.map((method) => [method, promises.methods.includes(method)])),
    previous: promises.stages.includes("previous"),
    pending: promises.stages.includes("pending"),
    versions: promises.versions,
    "version-ids": promises.versionIds,
    labels: promises.labels,
    binary: promises.binary,
    mints: promises.mints,
  };
  return Object.entries(kept).map(([promise, is]): [string, string] =>
    is ? [`no-${promise}`, `It promises \`${promise}\`.`] : [promise, `It does not promise \`${promise}\`.`],
  );
}
