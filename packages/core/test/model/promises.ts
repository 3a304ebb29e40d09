import type { SecretsErrorCode } from "../../src/errors/error-code.ts";
import { isSecretsError } from "../../src/errors/secrets-error.ts";
import { isAbsence, isOutage, mayServeStale } from "../../src/policy/failure-class.ts";
import type { LiveSecret } from "../../src/rotation/live-secret.ts";
import type { Secret } from "../../src/secret/secret.ts";
import type { Ask } from "./ask.ts";
import { type Elapsed, passed } from "./elapsed.ts";
import { canary, isText, payloadOf, type Reference, type Sample } from "./reference.ts";

const second = 1000;
const minute = 60 * second;
const decodeCodes: readonly string[] = ["validation-failed", "field-not-found"];

function broken(promise: string, ask: Ask): never {
  throw new Error(`${promise} (${JSON.stringify({ ...ask, signal: undefined })})`);
}

/** A reader got a value: it is whole, of its version, and as fresh as was promised. */
export function checkValue(reference: Reference, ask: Ask, secret: Secret<unknown>): void {
  const sample = sampleOf(reference, ask, secret);
  const { stale } = secret;
  const isPrevious = stale !== undefined && decodeCodes.includes(stale);
  if (isPrevious && ask.reading === "text") broken("every payload is text", ask);
  if (stale !== undefined && !isPrevious) {
    if (!reference.emitted.has(stale)) broken(`marked ${stale}, which nobody said`, ask);
    if (ask.refresh) broken("a forced refresh never answers stale", ask);
  }
  if (ask.refresh && isPrevious) broken("a forced refresh never answers an older record", ask);
  if (!isPrevious) {
    if ((ask.givenBefore ?? -1) > sample.id) broken("an older answer than one that was given before", ask);
    reference.given.set(ask.key, Math.max(sample.id, reference.given.get(ask.key) ?? -1));
  }
  checkRefusal(reference, ask, sample);
  checkAge(reference, ask, confirmed(reference, sample), stale !== undefined);
}

/** Never torn, never mixed. */
function sampleOf(reference: Reference, ask: Ask, secret: Secret<unknown>): Sample {
  const sample = reference.samples[Number(secret.metadata.sample)];
  if (sample?.version === undefined || sample.ended === undefined) return broken("from no answer of the store", ask);
  if (sample.key !== ask.key || secret.name !== ask.name) broken("another secret's answer", ask);
  if (secret.version !== String(sample.version)) broken("another version's value", ask);
  const payload = payloadOf(ask.name, sample.version);
  const value = secret.reveal();
  if (ask.reading === "text" && value !== payload) broken("torn", ask);
  if (ask.reading !== "text" && isText(sample.version)) broken("no such reading of this version", ask);
  const { password } = ask.reading === "text" ? { password: value } : JSON.parse(payload);
  if (ask.reading === "field" && value !== password) broken("torn field", ask);
  if (ask.reading === "refusing odd versions" && sample.version % 2 === 1) broken("refused, and given", ask);
  if (ask.reading === "schema" || ask.reading === "refusing odd versions") {
    if ((value as { password: string }).password !== password) broken("torn object", ask);
  }
  return sample;
}

/** The look that has shown last that the store still had this version. */
function confirmed(reference: Reference, sample: Sample): Sample {
  const looks = reference.samplesOf(sample.key).filter(({ id, isProbe }) => isProbe && id > sample.id);
  return looks.findLast(({ ended, version }) => ended !== undefined && version === sample.version) ?? sample;
}

/** The store's own no surfaces within 30 s of first being seen. */
function checkRefusal(reference: Reference, ask: Ask, { key, id }: Sample): void {
  const later = reference.samplesOf(key).filter((one) => one.id > id && one.ended && !reference.abandoned.has(one.id));
  const refusal = later.find(({ failure }) => failure !== undefined && !mayServeStale(failure));
  const answered = later.some(({ failure }) => failure === undefined);
  if (refusal?.ended === undefined || answered) return;
  if (passed(refusal.ended, ask.asked, false) >= 30 * second) broken(`a value long after ${refusal.failure}`, ask);
}

/** Bounded staleness, said aloud. */
function checkAge(reference: Reference, ask: Ask, sample: Sample, marked: boolean): void {
  // Asked for anew, or joined: there is nothing younger.
  if (sample.ended !== undefined && sample.ended.at >= ask.asked.at) return;
  const since = passed(sample.started, ask.asked, ask.plain);
  if (since < second) return;
  const { config } = reference;
  const age = since + sample.ageMs;
  if (age >= config.ttlMs + config.maxStaleMs) broken(`${age} ms old, past maxStale`, ask);
  if (marked) return;
  if (ask.refresh) broken(`a forced refresh answered ${since} ms after the call`, ask);
  if (age >= Math.min(config.ttlMs, ask.maxAgeMs ?? config.ttlMs)) broken(`${age} ms old, and not marked`, ask);
  if (since >= Math.max(second, waitsForChange(reference, sample))) {
    broken("from before a known rotation, and not marked", ask);
  }
}

/** One that is overdue is waited for twice as long each time the store has said so of this version, up to the ttl. */
function waitsForChange(reference: Reference, { key, id, version, changesInMs }: Sample): number {
  if (changesInMs === undefined) return Number.POSITIVE_INFINITY;
  if (changesInMs >= second) return changesInMs;
  const before = reference
    .samplesOf(key)
    .filter((one) => one.id < id && one.version === version && one.ended !== undefined);
  const times = before.filter((one) => one.changesInMs !== undefined && one.changesInMs < second).length;
  return Math.min(reference.config.ttlMs, second * 2 ** times);
}

/** Absent is not failed: only what the store said, at most 10 s ago. */
export function checkAbsent(reference: Reference, ask: Ask): void {
  const said = reference.samplesOf(ask.key).some(({ failure, ended, id }) => {
    if (failure === undefined || !isAbsence(failure) || ended === undefined) return false;
    if (failure === "version-not-found" && ask.stage === undefined) return false;
    const since = passed(ended, ask.asked, false);
    return since < (ask.refresh ? second : 10 * second) && !laterRecord(reference, ask, id);
  });
  if (!said) broken("absent, and the store has not said so", ask);
}

function laterRecord(reference: Reference, ask: Ask, id: number): boolean {
  return reference
    .samplesOf(ask.key)
    .some((one) => one.id > id && one.ended !== undefined && one.ended.at < ask.asked.at && one.failure === undefined);
}

/** A reader got an error: one that has a reason, and that says nothing of the value. */
export function checkError(reference: Reference, ask: Ask, error: unknown, now: Elapsed): void {
  if (!isSecretsError(error)) throw new Error("not a SecretsError", { cause: error });
  if (`${error.message}${error.stack}${JSON.stringify(error)}`.includes(canary)) broken("it leaks", ask);
  const { code } = error;
  const reasons: Partial<Record<SecretsErrorCode, boolean>> = {
    closed: reference.closed,
    aborted: ask.left,
    "validation-failed": ask.reading !== "text",
    "field-not-found": ask.reading !== "text",
  };
  const reason = reasons[code];
  if (reason === false) broken(`${code}, and that is not so`, ask);
  if (reason === true) return;
  if (isAbsence(code)) {
    checkAbsent(reference, { ...ask, stage: "previous" });
    return;
  }
  if (code === "stale-limit") {
    if (reference.samplesOf(ask.key).every(({ version }) => version === undefined)) broken("a limit of nothing", ask);
  } else if (!reference.emitted.has(code)) broken(`${code}, which nobody said`, ask);
  checkHelp(reference, ask, now, code);
}

/** A store that has long been well gives no errors. */
function checkHelp(reference: Reference, ask: Ask, now: Elapsed, code: string): void {
  const { wellSince, lastFailure } = reference;
  // What joins a call that began before gets what becomes of it.
  if (wellSince === undefined || ask.stage === "previous" || ask.joins || ask.asked.moves !== now.moves) return;
  // The longest backoff, and what is believed of a Retry-After at most.
  if (passed(wellSince, ask.asked, false) < 6 * minute) return;
  if (lastFailure !== undefined && passed(lastFailure, ask.asked, false) < 6 * minute) return;
  const answered = reference.samples.some(
    ({ started, ended, failure }) =>
      started.at >= wellSince.at && ended !== undefined && ended.at < ask.asked.at && !failure,
  );
  if (answered) broken(`${code}, and all is well`, ask);
}

/** A call that nobody wants any more has ended. Not so a refresh behind, which only what was loaded can have. */
export function checkGivenUp(reference: Reference, ask: Ask): void {
  const { batch, watched } = reference.config;
  const loaded = reference
    .samplesOf(ask.key)
    .some(({ ended, version }) => ended !== undefined && version !== undefined);
  if (loaded || watched || batch === "two") return;
  const live = reference.live().filter(({ key }) => key === ask.key);
  if (live.length > 0 && !isHeardOut(reference, live)) broken("a call goes on for nobody", ask);
}

/** After a silence one attempt goes on, so that a store that hangs behind impatient readers is found out. */
function isHeardOut(reference: Reference, live: readonly Sample[]): boolean {
  const { samples } = reference;
  const spoke = samples.findLastIndex(({ ended, failure }) => ended && (failure === undefined || !isOutage(failure)));
  const silent = samples.slice(spoke + 1);
  const [first] = silent;
  const last = live.at(-1);
  if (live.length > 1 || first === undefined || last === undefined) return false;
  return silent.length >= 5 || passed(first.started, last.started, false) > 0;
}

/** What a live secret holds at any moment is whole, and of its version. */
export function checkLive(reference: Reference, live: LiveSecret<string>): void {
  let secret: Secret<string>;
  try {
    secret = live.current;
  } catch (error) {
    checkLiveError(error);
    return;
  }
  const sample = reference.samples[Number(secret.metadata.sample)];
  const payload = sample?.version === undefined ? undefined : payloadOf(secret.name, sample.version);
  if (secret.reveal() !== payload || secret.version !== String(sample?.version)) throw new Error("torn while watched");
}

export function checkLiveError(error: unknown): void {
  if (!isSecretsError(error)) throw new Error("not a SecretsError", { cause: error });
}
