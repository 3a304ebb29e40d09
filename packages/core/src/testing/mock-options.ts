import { invalidOptions } from "../source-kit/invalid-options.ts";
import { copyOf, readOptions } from "../source-kit/read-options.ts";
import type { Clock } from "../time/clock.ts";
import { systemClock } from "../time/system-clock.ts";
import type { MockValue } from "./mock-controls.ts";

/** Values by the secrets' names. */
export type MockSeed = Readonly<Record<string, MockValue>>;

/** What the mocked store can do besides reading; one that mints can do none of it. */
export interface MockCapabilities {
  /** The most secrets that travel in one batch; false: the store has no batches. Default: 20. */
  readonly batch?: number | false | undefined;
  /** Whether a version can be asked for without its value. Default: true. */
  readonly probe?: boolean | undefined;
  /** Whether the store tells of changes, when `announce()` is called. Default: true. */
  readonly watch?: boolean | undefined;
}

export interface MockOptions extends MockCapabilities {
  /** Where time comes from; the instance's own. Default: the machine. */
  readonly clock?: Clock | undefined;
}

export interface MockSettings {
  readonly clock: Clock;
  readonly batch: number | false;
  readonly probe: boolean;
  readonly watch: boolean;
}

/** @throws SecretsError `invalid-options` */
export function readMockOptions(options: unknown): MockSettings {
  const known = ["clock", "batch", "probe", "watch"] as const;
  const { clock, batch, probe, watch } = readOptions(options, known, "The options of mockSource()");
  return {
    clock: checkedClock(clock),
    batch: checkedBatch(batch),
    probe: checkedFlag(probe, "probe"),
    watch: checkedFlag(watch, "watch"),
  };
}

/** @throws SecretsError `invalid-options` */
export function readSeed(seed: unknown): [string, unknown][] {
  return Object.entries(copyOf(seed) ?? invalidOptions("A mock takes an object of values by the secrets' names."));
}

function checkedClock(clock: unknown): Clock {
  if (clock === undefined) return systemClock;
  if (typeof (clock as Clock | null)?.setTimer === "function") return clock as Clock;
  return invalidOptions("`clock` must be a clock: the instance's own, such as virtualClock().");
}

function checkedBatch(batch: unknown): number | false {
  if (batch === undefined) return 20;
  if (batch === false || (typeof batch === "number" && Number.isInteger(batch) && batch > 0)) return batch;
  return invalidOptions("`batch` must be a whole number above 0, or false.");
}

function checkedFlag(flag: unknown, name: string): boolean {
  if (flag === undefined || typeof flag === "boolean") return flag !== false;
  return invalidOptions(`\`${name}\` must be true or false.`);
}
