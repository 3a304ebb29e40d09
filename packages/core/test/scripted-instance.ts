import { createSecrets } from "../src/client/create-secrets.ts";
import type { Secrets } from "../src/client/secrets.ts";
import { type VirtualClock, virtualClock } from "../src/testing/virtual-clock.ts";
import type { Duration } from "../src/time/duration.ts";
import { type Reply, type ScriptedSource, type ScriptOptions, scriptedSource } from "./scripted-source.ts";

export interface ScriptedInstance {
  readonly clock: VirtualClock;
  readonly source: ScriptedSource;
  readonly secrets: Secrets;
}

/** An instance with one scripted source, on a virtual clock. */
export function scriptedInstance(
  replies: Reply | readonly Reply[],
  { ttl, ...options }: Omit<ScriptOptions, "clock"> & { readonly ttl?: Duration } = {},
): ScriptedInstance {
  const clock = virtualClock();
  const source = scriptedSource(replies, { ...options, clock });
  return { clock, source, secrets: createSecrets({ source, clock, ttl }) };
}
