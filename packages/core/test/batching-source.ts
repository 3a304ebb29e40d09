import type { SecretRecord } from "../src/source/secret-record.ts";
import type { SecretRef } from "../src/source/secret-ref.ts";
import type { SecretSource } from "../src/source/secret-source.ts";
import type { SourceContext } from "../src/source/source-context.ts";
import type { SourceFailure } from "../src/source/source-failure.ts";
import { type Reply, type ScriptedSource, type ScriptOptions, scriptedSource } from "./scripted-source.ts";

export type BatchAnswer = readonly (SecretRecord | SourceFailure | "alone")[] | SourceFailure;

export interface BatchCall {
  readonly names: readonly string[];
  readonly refs: readonly SecretRef[];
  readonly context: SourceContext;
  /** Wall clock; 0 without a clock. */
  readonly at: number;
}

export interface BatchingSource extends SecretSource {
  /** Single reads. */
  readonly single: ScriptedSource;
  /** Every `batch.read`, oldest first. */
  readonly batches: readonly BatchCall[];
}

export interface BatchOptions extends ScriptOptions {
  readonly limit: number;
  /** What a batch answers; default: a record of its own name for each. Anything, to try what is wrong. */
  readonly answer?: (call: BatchCall) => unknown;
  /** What a single read answers; default: a record of its own name. */
  readonly reply?: Reply;
}

export const ownName = ({ name }: SecretRef): SecretRecord => ({
  payload: `value of ${name}`,
  version: `version of ${name}`,
});

/** A source with a batch, that remembers what it was asked. */
export function batchingSource({ limit, answer, reply, ...options }: BatchOptions): BatchingSource {
  const single = scriptedSource(reply ?? (async ({ ref }) => ownName(ref)), options);
  const batches: BatchCall[] = [];
  return {
    specVersion: 1,
    kind: single.kind,
    traits: single.traits,
    read: single.read,
    classify: single.classify,
    single,
    batches,
    batch: {
      limit,
      async read(refs, context) {
        const call = { names: refs.map(({ name }) => name), refs, context, at: options.clock?.now() ?? 0 };
        batches.push(call);
        return (await (answer === undefined ? refs.map(ownName) : answer(call))) as BatchAnswer;
      },
    },
  };
}
