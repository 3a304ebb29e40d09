import { type FaultName, faultNames } from "../harness/faults.ts";
import type { SourceHarness } from "../harness/source-harness.ts";
import type { FaultInjector, FaultScope, WireFault } from "./fault-injector.ts";

type Faults<Store> = Required<Pick<SourceHarness<Store>, "faults" | "heal" | "elsewhere" | "takenBytes">>;

export interface FaultsOfOptions {
  /** Faults in the service's own dialect: `throttled: jsonAnswer({ __type: "ThrottlingException" }, { status: 400 })`. */
  readonly instead?: { readonly [Name in FaultName]?: WireFault };
  /** Those that can be brought about; the others are to be declared under `lacks`. Default: all. */
  readonly only?: readonly FaultName[];
  /** The requests to which they happen, such as all but logins; `down` and `reset-before` happen to connections. */
  readonly where?: NonNullable<FaultScope["where"]>;
}

const ofConnections: ReadonlySet<FaultName> = new Set(["down", "reset-before"]);

/**
 * All that a harness has to say about faults, by a server or a proxy that brings them about:
 * `{ ...faultsOf((store) => store.proxy) }`.
 */
export function faultsOf<Store>(
  injectorOf: (store: Store) => FaultInjector,
  { instead = {}, only = faultNames, where }: FaultsOfOptions = {},
): Faults<Store> {
  const inject = (name: FaultName) => async (store: Store) => {
    const injector = injectorOf(store);
    await injector.heal();
    await injector.inject(instead[name] ?? name, where && !ofConnections.has(name) ? { where } : {});
  };
  return {
    faults: Object.fromEntries(only.map((name) => [name, inject(name)])),
    heal: (store) => injectorOf(store).heal(),
    elsewhere: (store) => injectorOf(store).elsewhere,
    takenBytes: (store) => injectorOf(store).takenBytes,
  };
}
