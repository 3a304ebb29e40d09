import type { SecretSource, SourceCall } from "@secretsource/core/source";

/** Whatever may be said to `classify` of an error of this source. */
export function callsOf({ batch, probe, leases }: SecretSource): readonly SourceCall[] {
  return [
    "read",
    ...(batch === undefined ? [] : (["batch"] as const)),
    ...(probe === undefined ? [] : (["probe"] as const)),
    ...(leases === undefined ? [] : (["renew", "revoke"] as const)),
  ];
}
