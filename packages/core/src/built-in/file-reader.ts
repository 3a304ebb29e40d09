import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";

/** Reads the current version of one secret from files. */
export type FileReader = (name: string, signal: AbortSignal) => Promise<SecretRecord | SourceFailure>;
