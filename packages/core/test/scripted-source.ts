import type { SecretRecord } from "../src/source/secret-record.ts";
import type { SecretRef } from "../src/source/secret-ref.ts";
import type { SecretSource } from "../src/source/secret-source.ts";
import type { SourceContext } from "../src/source/source-context.ts";
import type { SourceFailure } from "../src/source/source-failure.ts";
import type { SourceTraits } from "../src/source/source-traits.ts";
import type { Clock } from "../src/time/clock.ts";

export interface ReadCall {
  readonly ref: SecretRef;
  readonly context: SourceContext;
  /** Wall clock; 0 without a clock. */
  readonly at: number;
}

/** What one call does. Text stands for a record of it; a function may do anything. */
export type Reply = string | Uint8Array | SecretRecord | SourceFailure | ((call: ReadCall) => unknown);

export interface ScriptedSource extends SecretSource {
  /** Every `read`, oldest first. */
  readonly calls: readonly ReadCall[];
  /** What was given to `classify`. */
  readonly escaped: readonly unknown[];
  /** Calls of `close`. */
  readonly closes: number;
  /** What the next calls do; the last one repeats. */
  script(...replies: readonly Reply[]): void;
}

export interface ScriptOptions {
  readonly kind?: string;
  readonly clock?: Clock;
  readonly traits?: Partial<SourceTraits>;
  readonly classify?: (error: unknown) => SourceFailure | undefined;
  readonly close?: () => Promise<void>;
}

const everything: SourceTraits = {
  stages: ["current", "previous", "pending"],
  versionIds: true,
  labels: true,
  binary: true,
  mints: false,
};

/** A source that does what it is told and remembers what it was asked. */
export function scriptedSource(replies: Reply | readonly Reply[], options: ScriptOptions = {}): ScriptedSource {
  let script = Array.isArray(replies) ? (replies as readonly Reply[]) : [replies as Reply];
  let next = 0;
  let closes = 0;
  const calls: ReadCall[] = [];
  const escaped: unknown[] = [];
  return {
    specVersion: 1,
    kind: options.kind ?? "scripted",
    traits: { ...everything, ...options.traits },
    read(ref, context) {
      const call = { ref, context, at: options.clock?.now() ?? 0 };
      calls.push(call);
      const reply = script[Math.min(next, script.length - 1)];
      next += 1;
      // Not an async function: a reply that throws does so at once, as a careless source would.
      return perform(reply, call) as Promise<SecretRecord | SourceFailure>;
    },
    classify(error) {
      escaped.push(error);
      return options.classify?.(error);
    },
    async close() {
      closes += 1;
      await options.close?.();
    },
    calls,
    escaped,
    get closes() {
      return closes;
    },
    script(...following) {
      script = following;
      next = 0;
    },
  };
}

function perform(reply: Reply | undefined, call: ReadCall): unknown {
  if (typeof reply === "function") return reply(call);
  if (typeof reply === "string" || reply instanceof Uint8Array) return Promise.resolve({ payload: reply });
  return Promise.resolve(reply);
}

/** Never answers and does not honour the signal. */
export function hangs(): Promise<never> {
  return new Promise(() => {});
}

/** Never answers, and rejects when the signal is aborted. */
export function hangsUntilAborted({ context: { signal } }: ReadCall): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Rejects with this. */
export function rejects(error: unknown): () => Promise<never> {
  return () => Promise.reject(error);
}

/** Throws this before there is a promise. */
export function throws(error: unknown): () => never {
  return () => {
    throw error;
  };
}

/** Answers this, whatever it is. */
export function answers(anything: unknown): () => Promise<unknown> {
  return () => Promise.resolve(anything);
}

/** Answers once `open` was called. */
export function gate(reply: string | SecretRecord | SourceFailure): { readonly reply: Reply; open(): void } {
  const opened = Promise.withResolvers<void>();
  return {
    reply: async (call) => {
      await opened.promise;
      return perform(reply, call);
    },
    open: () => opened.resolve(),
  };
}
