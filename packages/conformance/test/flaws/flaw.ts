import type { SecretRecord, SecretRef, SecretSource, SourceContext, SourceFailure } from "@secretsource/core/source";
import type { LabStore } from "../lab/lab-store.ts";

export type Answer = SecretRecord | SourceFailure;

/** What a source does wrong, and the one case that notices. */
export interface Flaw {
  readonly what: string;
  readonly caughtBy: string;
  /** Which of the laboratory's sources has it. Default: the one that can do everything. */
  readonly lab?: "plain" | "choosing" | "minting";
  /** Takes one way through the source, and goes wrong on it where `broken`: without it, this is the unbroken twin. */
  spoil(source: SecretSource, store: LabStore, broken: boolean): SecretSource;
}

type Change = (answer: Answer, ref: SecretRef, store: LabStore, context: SourceContext) => Answer | Promise<Answer>;

/** The source with other answers to `read`. What escapes is classified first. */
export function answering(change: Change): Flaw["spoil"] {
  return (source, store, broken) => ({
    ...source,
    async read(ref, context) {
      const answer = await attempt(source, () => source.read(ref, context));
      return broken ? change(answer, ref, store, context) : answer;
    },
  });
}

/** Only records, only failures. */
export function changing(change: (record: SecretRecord, ref: SecretRef, store: LabStore) => Answer): Flaw["spoil"] {
  return answering((answer, ref, store) => (answer.failure === undefined ? change(answer, ref, store) : answer));
}

export function failing(change: (failure: SourceFailure, ref: SecretRef, store: LabStore) => Answer): Flaw["spoil"] {
  return answering((answer, ref, store) => (answer.failure === undefined ? answer : change(answer, ref, store)));
}

/** The source with a way of its own to read. */
export function reading(
  read: (source: SecretSource, ref: SecretRef, context: SourceContext, store: LabStore) => Promise<Answer>,
): Flaw["spoil"] {
  return (source, store, broken) => ({
    ...source,
    read: (ref, context) => (broken ? read(source, ref, context, store) : source.read(ref, context)),
  });
}

/** What the answer or the error would be for core; an abort stays one. */
export async function attempt<T>(source: SecretSource, call: () => Promise<T>): Promise<T | SourceFailure> {
  try {
    return await call();
  } catch (error) {
    const failure = source.classify(error);
    if (failure === undefined) throw error;
    return failure;
  }
}

function textOf({ payload }: SecretRecord): string | undefined {
  return typeof payload === "string" ? payload : undefined;
}

/** A text payload, changed. */
export function texting(change: (text: string) => string): Flaw["spoil"] {
  return changing((record) => {
    const text = textOf(record);
    return text === undefined ? record : { ...record, payload: change(text) };
  });
}

export const unheard = (): SourceContext => ({ signal: new AbortController().signal, bypassCaches: true });
