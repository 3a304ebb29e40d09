import type { SourceHarness } from "@secretsource/conformance";
import { type FaultInjector, faultsOf, jsonAnswer, requestsOf, type WireRequest } from "@secretsource/conformance/wire";

/** What stands between a source and its server, whatever the engine. */
export interface WiredStore {
  readonly wire: FaultInjector & { readonly requests: readonly WireRequest[] };
  end(): Promise<void>;
}

const isOfAuth = ({ path }: WireRequest) => /^\/v1\/(?:auth|sys\/wrapping)\//.test(path);

type OnTheWire = Pick<SourceHarness<WiredStore>, "faults" | "heal" | "elsewhere" | "takenBytes" | "requests" | "end">;

/**
 * What every engine's harness says about faults and requests. Faults leave logins alone, but for a token that is refused.
 *
 * @param asksForValue True for a request whose answer holds a value. Default: for all but those of the system.
 */
export function onTheWire(asksForValue = ({ path }: WireRequest) => !path.startsWith("/v1/sys/")) {
  const faults = faultsOf<WiredStore>(({ wire }) => wire, { where: (request) => !isOfAuth(request) });
  return {
    ...faults,
    faults: {
      ...faults.faults,
      async unauthenticated({ wire }) {
        await wire.heal();
        await wire.inject(jsonAnswer({ errors: ["permission denied"] }, { status: 403 }));
      },
    },
    requests: ({ wire }) => requestsOf(wire, { besides: isOfAuth, values: asksForValue }),
    end: (store) => store.end(),
  } satisfies OnTheWire;
}
