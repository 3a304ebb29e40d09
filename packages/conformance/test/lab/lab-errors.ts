/** What a client of the laboratory's store throws when there is no answer. */
export class LabNetworkError extends Error {
  override readonly name = "LabNetworkError";
}

/** What a client of the laboratory's store throws for an answer that is no value. */
export class LabRefusal extends Error {
  override readonly name = "LabRefusal";
  readonly status: number;
  readonly reason: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, reason?: string, retryAfterSeconds?: number) {
    super(`the store answered ${status}`);
    this.status = status;
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
