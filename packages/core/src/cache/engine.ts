import type { Random } from "../policy/random.ts";
import type { SecretsEvent } from "../state/secrets-event.ts";
import type { Clock } from "../time/clock.ts";
import type { InstanceTime } from "../time/instance-time.ts";
import type { EntryStore } from "./entry-store.ts";
import type { LeaseDesk } from "./lease-desk.ts";

/** What the parts of one instance share. */
export interface Engine {
  readonly clock: Clock;
  readonly time: InstanceTime;
  readonly random: Random;
  readonly store: EntryStore;
  readonly leases: LeaseDesk;
  /** Aborted by `close()`. */
  readonly closing: AbortSignal;
  readonly tell: (event: SecretsEvent) => void;
}
