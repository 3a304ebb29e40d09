import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { instrumentSecrets } from "@secretsource/core/otel";
import type { Loop } from "../lib/take-turns.ts";

/** The same loop with OpenTelemetry on, by the real SDK with exporters in memory. */
export function withTelemetry(loop: Loop): Loop {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
  const tracerProvider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: new InMemorySpanExporter() })],
  });
  return async (times) => {
    const stop = instrumentSecrets({ meterProvider, tracerProvider });
    await loop(times);
    stop();
  };
}
