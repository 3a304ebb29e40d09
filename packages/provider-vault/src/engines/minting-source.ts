import type { SecretSource, SourceTraits } from "@secretsource/core/source";
import type { Connection } from "../connection/connection.ts";
import type { Calls } from "../connection/late-connection.ts";
import type { HeldConnection } from "../connection/vault-connection.ts";
import type { MintingPlan } from "./minting.ts";

export const mintingTraits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current"] as const),
  versionIds: false,
  labels: false,
  binary: false,
  mints: true,
});

/** A source whose every read makes a new credential, with its lease. */
export function mintingSource(
  kind: string,
  { connection, close }: HeldConnection,
  plan: (calls: Calls, connection: Connection) => MintingPlan,
): SecretSource {
  const calling = connection.calling((calls, made) => new calls.Minting(made, plan(calls, made)));
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits: mintingTraits,
    read: ({ name }, { signal }) => calling(signal, (minting) => minting.read(name, signal)),
    leases: {
      renew: (id, { signal }) => calling(signal, (minting) => minting.renew(id, signal)),
      revoke: (id, { signal }) => calling(signal, (minting) => minting.revoke(id, signal)),
    },
    load: () => connection.load(),
    classify: () => undefined,
    close,
  });
}
