import { cacheKey } from "../../src/policy/cache-key.ts";
import type { SecretRecord } from "../../src/source/secret-record.ts";
import type { SecretRef } from "../../src/source/secret-ref.ts";
import type { SecretSource } from "../../src/source/secret-source.ts";
import type { SourceContext } from "../../src/source/source-context.ts";
import type { SourceFailure } from "../../src/source/source-failure.ts";
import { sleep } from "../../src/time/sleep.ts";
import { checkDeparture } from "./departures.ts";
import type { Stopwatch } from "./elapsed.ts";
import { payloadOf, type Reference, type Sample } from "./reference.ts";

const keyOf = ({ name, version }: SecretRef): string => cacheKey("", name, version);

/** The store of the model: says what is true when it is asked, late, or what the weather makes of it. */
export function modelStore(reference: Reference, watch: Stopwatch, broken: (error: unknown) => void): SecretSource {
  function begin(ref: SecretRef, context: SourceContext, isProbe = false): Sample {
    const { ageMs, changesInMs } = reference;
    const sample: Sample = {
      id: reference.samples.length,
      key: keyOf(ref),
      started: watch.now(),
      signal: context.signal,
      forced: context.bypassCaches,
      isProbe,
      ageMs: context.bypassCaches || isProbe ? 0 : ageMs,
      changesInMs,
    };
    try {
      checkDeparture(reference, sample);
    } catch (error) {
      // Thrown here, the engine would take it for the store's.
      broken(error);
    }
    reference.samples.push(sample);
    return sample;
  }

  /** What is true at the start of the call. */
  function look(ref: SecretRef, sample: Sample): SecretRecord | SourceFailure {
    const { weather } = reference;
    if (weather === "throttled for 7 s") return { failure: "throttled", retryAfterMs: 7000 };
    if (weather === "throws") return { failure: "unknown" };
    if (weather !== "fine" && weather !== "hangs") return { failure: weather };
    const { version, previous, fate } = reference.secret(ref.name);
    if (fate !== "here") return { failure: fate };
    const asked = ref.version === "previous" ? previous : version;
    if (asked < 0) return { failure: "version-not-found" };
    sample.version = asked;
    return {
      payload: payloadOf(ref.name, asked),
      version: String(asked),
      metadata: { sample: String(sample.id) },
      ...(sample.ageMs > 0 && { ageMs: sample.ageMs }),
      ...(sample.changesInMs !== undefined && { changesInMs: sample.changesInMs }),
    };
  }

  /** False where the call was given up meanwhile. */
  async function travel(context: SourceContext, hangs: boolean): Promise<boolean> {
    const ms = hangs ? Number.POSITIVE_INFINITY : reference.latencyMs;
    // The last attempt of a call may have next to nothing left.
    if (ms > 0) reference.emitted.add("timeout");
    return ms === 0 ? !context.signal.aborted : (await sleep(watch.clock, ms, context.signal)) === "elapsed";
  }

  function end(sample: Sample, answer: SecretRecord | SourceFailure): SecretRecord | SourceFailure {
    sample.ended = watch.now();
    if (answer.failure !== undefined) {
      sample.failure = answer.failure;
      reference.emitted.add(answer.failure);
    }
    return answer;
  }

  async function ask(ref: SecretRef, context: SourceContext, isProbe: boolean): Promise<SecretRecord | SourceFailure> {
    const sample = begin(ref, context, isProbe);
    const { weather } = reference;
    const answer = look(ref, sample);
    if (!(await travel(context, weather === "hangs"))) throw context.signal.reason;
    end(sample, answer);
    if (weather === "throws") throw new Error("the store is broken");
    return answer;
  }

  async function readBatch(refs: readonly SecretRef[], context: SourceContext) {
    if (reference.config.batch === "refused") return { failure: "access-denied" } as const;
    if (reference.config.batch === "alone") return refs.map(() => "alone" as const);
    const { weather } = reference;
    const looks = refs.map((ref) => {
      const sample = begin(ref, context);
      return { sample, answer: look(ref, sample) };
    });
    if (!(await travel(context, weather === "hangs"))) throw context.signal.reason;
    const answers = looks.map(({ sample, answer }) => end(sample, answer));
    if (weather === "throws") throw new Error("the store is broken");
    return answers;
  }

  return {
    specVersion: 1,
    kind: "model",
    traits: { stages: ["current", "previous"], versionIds: false, labels: false, binary: false, mints: false },
    read: (ref, context) => ask(ref, context, false),
    ...(reference.config.watched && {
      async probe(ref: SecretRef, context: SourceContext) {
        const answer = await ask(ref, context, true);
        if (answer.failure !== undefined) return answer;
        const { version, changesInMs } = answer;
        return { version: String(version), ...(changesInMs !== undefined && { changesInMs }) };
      },
    }),
    ...(reference.config.batch !== "none" && { batch: { limit: 2, read: readBatch } }),
    classify: () => undefined,
  };
}
