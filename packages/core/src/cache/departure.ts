/** The start of an entry's call. */
export interface Departure {
  readonly flight: number;
  /** On the instance's time: ages count from the start of the request. */
  readonly startedAt: number;
  /** Somebody asked for it at this moment, perhaps a whole fleet, and not the entry's own schedule. */
  readonly outOfTurn: boolean;
}
