import { retryAfterMs } from "@secretsource/core/source-kit";
import type { AzureError } from "./azure-error.ts";

const inMs = ["retry-after-ms", "x-ms-retry-after-ms"];

/** How long the service asks to wait, ms: by the headers that the SDK's own retries look at. */
export function waitMs({ header }: AzureError): number | undefined {
  const exact = inMs.map(header).find((value) => /^\d{1,9}$/.test(value ?? ""));
  return exact === undefined ? retryAfterMs(header("retry-after"), header("date")) : Number(exact);
}
