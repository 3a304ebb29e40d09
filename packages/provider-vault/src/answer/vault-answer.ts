import type { HttpAnswer } from "../transport/http-message.ts";

/** What every answer of the server is made of; which parts are there depends on the path. */
export interface VaultBody {
  readonly request_id?: unknown;
  readonly lease_id?: unknown;
  readonly lease_duration?: unknown;
  readonly renewable?: unknown;
  readonly data?: unknown;
  readonly auth?: unknown;
  readonly errors?: unknown;
  readonly warnings?: unknown;
  /** Of the answer about the server's health. */
  readonly sealed?: unknown;
  readonly standby?: unknown;
}

/** Names that advices may show. */
export interface Asked {
  readonly path: readonly string[];
  readonly namespace?: string | undefined;
}

export interface VaultAnswer extends HttpAnswer {
  /** Empty where the answer had none. */
  readonly body: VaultBody;
  readonly asked: Asked;
}

export function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}

/** A JSON object, as it may be used; undefined for anything else. */
export function objectIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

export function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A length of time in whole seconds, as ms. */
export function secondsIn(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value * 1000 : undefined;
}

// As Go writes it (RFC 3339), and as headers bear it. `Date.parse` alone takes nearly anything for a date.
const dateLike = /^(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT)$/;

/** A date; epoch ms. */
export function timeIn(value: unknown): number | undefined {
  const ms = typeof value === "string" && dateLike.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) ? ms : undefined;
}

/** The server's own time at its answer, epoch ms: what its dates are to be compared with. */
export function serverTime({ headers }: HttpAnswer, otherwise: number): number {
  return timeIn(headers.date) ?? otherwise;
}

/** The id of this request in the server's audit log. */
export function requestIdOf({ body }: VaultAnswer): string | undefined {
  return textIn(body.request_id);
}

/** Texts of `errors` or `warnings`, to be searched for what is known. They are never passed on: they may quote anything. */
export function textsIn(value: unknown): string {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string").join("\n") : "";
}
