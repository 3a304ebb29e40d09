import type { SecretSource } from "@secretsource/core/source";

/** What a source does when it is called. */
export interface SourceCalls extends Pick<SecretSource, "read" | "classify"> {
  readonly readBatch: NonNullable<SecretSource["batch"]>["read"];
  close(): void;
}
