import type { FailureCode } from "../../src/errors/error-code.ts";
import type { SecretsEvent } from "../../src/state/secrets-event.ts";
import type { Elapsed } from "./elapsed.ts";

export type Stage = "current" | "previous";

/** What the store says of one secret while it is well. */
export type Fate = "here" | "not-found" | "access-denied" | "deleted" | "disabled" | "decryption-failed";

/** How the store is. */
export type Weather =
  | "fine"
  | "unavailable"
  | "throttled"
  | "throttled for 7 s"
  | "unauthenticated"
  | "payload-corrupt"
  | "hangs"
  | "throws";

/** One look of the store at one secret. */
export interface Sample {
  readonly id: number;
  readonly key: string;
  readonly started: Elapsed;
  readonly signal: AbortSignal;
  /** Past the caches on the way. */
  readonly forced: boolean;
  /** Only for the version. */
  readonly isProbe: boolean;
  ended?: Elapsed;
  failure?: FailureCode;
  version?: number;
  readonly ageMs: number;
  readonly changesInMs: number | undefined;
}

export interface ModelConfig {
  readonly seed: number;
  readonly ttlMs: number;
  readonly maxStaleMs: number;
  /** The store has a batch of two, refuses it, or has none. */
  readonly batch: "none" | "two" | "refused" | "alone";
  /** Secrets may be watched, and the store can tell a version without its value. */
  readonly watched: boolean;
  /** So little is kept that entries are pushed out all the time. */
  readonly evicting: boolean;
}

export interface Landing {
  readonly event: Extract<SecretsEvent, { type: "loaded" | "absent" | "refresh-failed" }>;
  readonly at: Elapsed;
  readonly last: Sample;
  forcedSince: boolean;
}

export const names = ["a", "b", "c"] as const;
export type Name = (typeof names)[number];

/** Canary: stands in every payload, and must stand nowhere else. */
export const canary = "hunter2";

/** Every fourth version is no JSON. */
export function isText(version: number): boolean {
  return version % 4 === 3;
}

export function payloadOf(name: string, version: number): string {
  const password = `${canary}-${name}-${version}`;
  return isText(version) ? password : JSON.stringify({ name, version, password });
}

/** All that is true, and all that the store was asked. */
export class Reference {
  readonly config: ModelConfig;
  readonly secrets = new Map(names.map((name) => [name, { version: 0, previous: -1, fate: "here" as Fate }]));
  readonly samples: Sample[] = [];
  readonly landings = new Map<string, Landing>();
  /** Samples whose readers have left: what became of their call says nothing any more. */
  readonly abandoned = new Set<number>();
  /** The latest sample of each secret that a reader was given. */
  readonly given = new Map<string, number>();
  /** Codes that somebody may hear of. */
  readonly emitted = new Set<string>();
  weather: Weather = "fine";
  latencyMs = 0;
  ageMs = 0;
  changesInMs: number | undefined;
  closed = false;
  /** Since when nothing has been wrong with the store, and with anything in it. */
  wellSince: Elapsed | undefined;
  /** The latest call that has failed. */
  lastFailure: Elapsed | undefined;

  constructor(config: ModelConfig) {
    this.config = config;
  }

  secret(name: string): { version: number; previous: number; fate: Fate } {
    const secret = this.secrets.get(name as Name);
    if (secret === undefined) throw new Error(`the store was asked for ${name}`);
    return secret;
  }

  /** Something has changed at the store. */
  changed(now: Elapsed): void {
    const well =
      this.weather === "fine" &&
      this.latencyMs < 3000 &&
      [...this.secrets.values()].every(({ fate }) => fate === "here");
    this.wellSince = well ? (this.wellSince ?? now) : undefined;
  }

  /** A reader of this secret has left; perhaps the last one. */
  abandon(key: string): void {
    const landed = this.landings.get(key)?.last.id ?? -1;
    for (const { id, isProbe, ended } of this.samplesOf(key)) {
      // A look at the version is a call of its own, which lands without an event.
      if (id > landed && !(isProbe && ended !== undefined)) this.abandoned.add(id);
    }
  }

  /** A call that has begun and has not landed, between two attempts too. */
  isUnderWay(key: string): boolean {
    const landed = this.landings.get(key)?.last.id ?? -1;
    return this.samplesOf(key).some(({ id }) => id > landed && !this.abandoned.has(id));
  }

  samplesOf(key: string): Sample[] {
    return this.samples.filter((sample) => sample.key === key);
  }

  /** Under way at the store. */
  live(): Sample[] {
    return this.samples.filter(({ ended, signal }) => ended === undefined && !signal.aborted);
  }
}
