import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type MeterProvider, metrics, type TracerProvider, trace } from "@opentelemetry/api";
import type { SecretsEvent } from "../state/secrets-event.ts";
import { recordMetrics } from "./record-metrics.ts";
import { recordSpan } from "./record-span.ts";

export interface InstrumentOptions {
  /** Default: the global meter provider. */
  readonly meterProvider?: MeterProvider | undefined;
  /** Default: the global tracer provider. */
  readonly tracerProvider?: TracerProvider | undefined;
}

const scope = "@secretsource/core";

/**
 * Turns the events of every instance in this process into OpenTelemetry metrics and spans. Reads that are answered from
 * memory make neither: they cost nothing more. No value is ever part of a metric or span; names of secrets stand in
 * spans alone, so that metrics stay few.
 *
 * @returns Ends it. Idempotent.
 */
export function instrumentSecrets(options: InstrumentOptions = {}): () => void {
  const meter = (options.meterProvider ?? metrics).getMeter(scope);
  const tracer = (options.tracerProvider ?? trace).getTracer(scope);
  const record = recordMetrics(meter);
  const listener = (message: unknown) => {
    const event = message as SecretsEvent;
    try {
      record(event);
      recordSpan(tracer, event);
    } catch {
      // A subscriber that throws ends the process; an exporter's trouble must not.
    }
  };
  subscribe("secretsource:event", listener);
  return () => {
    unsubscribe("secretsource:event", listener);
  };
}
