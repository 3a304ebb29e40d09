import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/** Telemetry that is kept in memory: what an exporter would send. */
export function recordingTelemetry() {
  const spans = new InMemorySpanExporter();
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metrics })] });
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
  return {
    options: { meterProvider, tracerProvider },
    async recorded(): Promise<{ readonly spans: unknown[]; readonly metrics: unknown[] }> {
      await meterProvider.forceFlush();
      const found = { spans: spans.getFinishedSpans(), metrics: metrics.getMetrics() };
      await meterProvider.shutdown();
      return found;
    },
  };
}
