import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { SecretSource, SourceBatch, SourceLeases } from "../source/secret-source.ts";
import type { SourceContext } from "../source/source-context.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Clock } from "../time/clock.ts";
import type { CallLog, MockMethod } from "./mock-call.ts";
import type { MockFaults } from "./mock-faults.ts";
import type { MockLeases } from "./mock-leases.ts";
import type { MockStore } from "./mock-store.ts";
import type { MockWatchers } from "./mock-watchers.ts";

/** What the methods of a mock work on. */
export interface MockParts {
  readonly clock: Clock;
  readonly log: CallLog;
  readonly faults: MockFaults;
  readonly store: MockStore;
  readonly leases: MockLeases;
}

export function readOf({ clock, log, faults, store }: MockParts): SecretSource["read"] {
  return async (ref, { signal }) => {
    signal.throwIfAborted();
    const request = log.begin();
    log.note({ method: "read", name: ref.name, version: ref.version, request });
    // Taken before the wait: an answer that is under way does not know what happens meanwhile.
    const answer = fault(faults, ref.name, "read") ?? store.answer(ref, requestId(request));
    await faults.pass(ref.name, clock, signal);
    return answer;
  };
}

export function probeOf({ clock, log, faults, store }: MockParts): NonNullable<SecretSource["probe"]> {
  return async (ref, { signal }) => {
    signal.throwIfAborted();
    const request = log.begin();
    log.note({ method: "probe", name: ref.name, version: ref.version, request });
    const answer = fault(faults, ref.name, "probe") ?? store.answer(ref, requestId(request));
    await faults.pass(ref.name, clock, signal);
    if (answer.failure !== undefined) return answer;
    const { version = "", changesInMs } = answer;
    return { version, ...(changesInMs !== undefined && { changesInMs }) };
  };
}

export function batchOf({ log, faults, store }: MockParts, limit: number): SourceBatch {
  const one = (ref: SecretRef, request: number): SecretRecord | SourceFailure | "alone" => {
    // What is slow is asked for by itself, and holds up nobody else.
    if (faults.isSlow(ref.name)) return "alone";
    return faults.failure(ref.name, "batch") ?? store.answer(ref, requestId(request));
  };
  return Object.freeze<SourceBatch>({
    limit,
    async read(refs, { signal }) {
      signal.throwIfAborted();
      const request = log.begin();
      for (const { name, version } of refs) log.note({ method: "batch", name, version, request });
      return faults.failure(undefined, "batch") ?? refs.map((ref) => one(ref, request));
    },
  });
}

export function leasesOf({ clock, log, faults, leases }: MockParts): SourceLeases {
  const asked = async (method: "renew" | "revoke", lease: string, { signal }: SourceContext) => {
    signal.throwIfAborted();
    const name = leases.nameOf(lease);
    log.note({ method, name, lease, request: log.begin() });
    const failure = fault(faults, name, method);
    await faults.pass(name, clock, signal);
    return failure;
  };
  return Object.freeze<SourceLeases>({
    renew: async (id, context) => (await asked("renew", id, context)) ?? leases.renew(id),
    async revoke(id, context) {
      const failure = await asked("revoke", id, context);
      if (failure !== undefined) return failure;
      leases.revoke(id);
    },
  });
}

export function watchOf({ log }: MockParts, watchers: MockWatchers): NonNullable<SecretSource["watch"]> {
  return (name, changed, { signal }) => {
    log.note({ method: "watch", name, request: log.begin() });
    return watchers.watch(name, changed, signal);
  };
}

function fault(faults: MockFaults, name: string, method: MockMethod): SourceFailure | undefined {
  return faults.failure(undefined, method) ?? faults.failure(name, method);
}

function requestId(request: number): string {
  return `mock-${request}`;
}
