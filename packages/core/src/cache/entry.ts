import type { SecretsErrorCode } from "../errors/error-code.ts";
import type { Flight } from "../fetch/flight.ts";
import type { Lane } from "../fetch/lane.ts";
import type { Secret } from "../secret/secret.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { EntryEvent } from "../state/entry-event.ts";
import { type EntryState, emptyEntry } from "../state/entry-state.ts";
import { reduceEntry } from "../state/reduce-entry.ts";
import { noTenure, type Tenure } from "../state/tenure.ts";
import type { Abandonment } from "./abandonment.ts";
import type { Arrival } from "./arrival.ts";
import type { Gate } from "./gate.ts";
import type { Good } from "./last-good.ts";
import type { Loaded } from "./loaded.ts";

/** A version that a reader could not use. */
export interface Rejection {
  readonly loaded: Loaded;
  readonly code: SecretsErrorCode;
}

/** A version that a gate has refused. */
export interface Refusal {
  readonly loaded: Loaded;
  readonly times: number;
  /** Until then it is not shown to the gates again. */
  readonly until: number;
  readonly isTold: boolean;
}

/** What has been told of the present spell, so that it is told once. */
interface Told {
  readonly stale?: SecretsErrorCode;
  readonly expired?: SecretsErrorCode;
  readonly rejected?: Rejection;
  /** What was held is no more in the store. */
  readonly gone?: true;
}

const noneEarlier: readonly Good[] = Object.freeze([]);
const nothingTold: Told = Object.freeze({});

/** One secret's one version selector: its state, its one call under way, its turn after an outage. */
export class Entry {
  readonly key: string;
  readonly lane: Lane;
  readonly ref: SecretRef;
  flight: Flight<Arrival> | undefined;
  /** What is known of the lease of what is held. */
  tenure: Tenure = noTenure;
  /** What readers who refuse the held record fall back to, newest first. */
  earlier = noneEarlier;
  /** What became of its last calls, where nobody waited for them. */
  abandoned: Abandonment | undefined;
  /** When this entry's turn comes after the recovery of that moment. */
  turn: { readonly recoveredAt: number; readonly at: number } | undefined;
  told = nothingTold;
  /** The program cannot do without it: part of its health. */
  required = false;
  /** What the gates have refused last; kept while the versions that they know come and go. */
  refusal: Refusal | undefined;
  /** How many want it kept. */
  pins = 0;
  /** Told of whatever may change what it can give. */
  onChange: (() => void) | undefined;
  /** The answer for a reader without options, and until when it holds: all that a hit looks at. */
  plain: Promise<Secret<string>> | undefined;
  plainUntil = 0;
  #gates: Set<Gate> | undefined;
  #state: EntryState<Loaded> = emptyEntry;

  constructor(key: string, lane: Lane, ref: SecretRef) {
    this.key = key;
    this.lane = lane;
    this.ref = ref;
  }

  /** The last record that a reader could use before the held one. */
  get previous(): Good | undefined {
    return this.earlier[0];
  }

  /** Those who may refuse a new version. Few entries have any. */
  get gates(): Set<Gate> {
    this.#gates ??= new Set();
    return this.#gates;
  }

  get isGated(): boolean {
    return this.#gates !== undefined && this.#gates.size > 0;
  }

  get state(): EntryState<Loaded> {
    return this.#state;
  }

  /** The spell is over. What a reader could not use stays so for as long as it is what is held. */
  forgetTold(held: Loaded | undefined): void {
    const { rejected } = this.told;
    this.told = held !== undefined && rejected?.loaded.isSameVersion(held) ? { rejected } : nothingTold;
  }

  dispatch(event: EntryEvent<Loaded>): void {
    this.#state = reduceEntry(this.#state, event);
    // A call under way changes nothing for a hit; whatever it brings does.
    if (event.kind === "started") return;
    this.plain = undefined;
    // Whatever has landed has been told by then, so that what a watcher tells comes after it.
    if (event.kind === "ended") this.onChange?.();
  }
}
