export type { FailureCode } from "../errors/error-code.ts";
export type { Lease } from "./lease.ts";
export type { SecretRecord } from "./secret-record.ts";
export type { SecretRef, Stage, VersionSelector } from "./secret-ref.ts";
export type { SecretSource, SourceBatch, SourceLeases, SourceProbe } from "./secret-source.ts";
export type { SourceContext } from "./source-context.ts";
export type { SourceFailure } from "./source-failure.ts";
export type { SourceScheme } from "./source-scheme.ts";
export type { SourceTraits } from "./source-traits.ts";
