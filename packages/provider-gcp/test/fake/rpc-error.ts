import { type StatusName, statusCodes } from "../../src/status-codes.ts";

export interface ErrorInfo {
  readonly reason: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What the service answers in place of a response, on either transport. */
export class RpcError extends Error {
  readonly status: StatusName;
  readonly info: ErrorInfo | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: StatusName, text: string, more: { info?: ErrorInfo; retryAfterSeconds?: number } = {}) {
    super(text);
    this.status = status;
    this.info = more.info;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }

  get code(): number {
    return statusCodes[this.status];
  }
}
