import { vi } from "vitest";
import { SourcePort } from "../src/fetch/source-port.ts";
import type { Answer, Want } from "../src/fetch/want.ts";
import type { Random } from "../src/policy/random.ts";
import type { SecretRef } from "../src/source/secret-ref.ts";
import type { SecretSource } from "../src/source/secret-source.ts";
import { type VirtualClock, virtualClock } from "../src/testing/virtual-clock.ts";
import { InstanceTime } from "../src/time/instance-time.ts";

export interface MadePort<Source extends SecretSource> {
  readonly clock: VirtualClock;
  readonly time: InstanceTime;
  readonly port: SourcePort;
  readonly source: Source;
  readonly onBatchRefused: ReturnType<typeof vi.fn<(failure: string) => void>>;
  readonly onProbeRefused: ReturnType<typeof vi.fn<(failure: string, ref: SecretRef) => void>>;
  /** Closes the instance. */
  readonly closing: AbortController;
  /** Reads the current version of this name, with as many attempts as there can be. */
  want(name: string, more?: Partial<Want>): Promise<Answer>;
}

/** A port on a virtual clock. Waits are half of their range unless `random` says otherwise. */
export function makePort<Source extends SecretSource>(
  make: (clock: VirtualClock) => Source,
  random: Random = () => 0.5,
): MadePort<Source> {
  const clock = virtualClock();
  const time = new InstanceTime(clock);
  const source = make(clock);
  const onBatchRefused = vi.fn<(failure: string) => void>();
  const onProbeRefused = vi.fn<(failure: string, ref: SecretRef) => void>();
  const closing = new AbortController();
  const port = new SourcePort(source, { clock, time, random, closing: closing.signal, onBatchRefused, onProbeRefused });
  const want = (name: string, more: Partial<Want> = {}) => {
    const ref = { name, version: "current" } as const;
    return port.read({ ref, bypassCaches: false, signal: new AbortController().signal, attempts: 3, ...more });
  };
  return { clock, time, port, source, onBatchRefused, onProbeRefused, closing, want };
}
