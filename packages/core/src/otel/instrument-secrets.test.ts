import { type Context, context, ROOT_CONTEXT, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SecretsInstance } from "../client/secrets-instance.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { instrumentSecrets } from "./instrument-secrets.ts";

const canary = "canary-5f2d-hunter2";
const spans = new InMemorySpanExporter();
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });

let answer: SecretRecord | SourceFailure;
let metricExporter: InMemoryMetricExporter;
let meterProvider: MeterProvider;
let stop: () => void;

beforeEach(() => {
  answer = { payload: canary, version: "7", requestId: "req-1" };
  metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metricExporter })] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  stop = instrumentSecrets({ meterProvider, tracerProvider });
});

afterEach(async () => {
  stop();
  context.disable();
  spans.reset();
  await meterProvider.shutdown();
});

function instance() {
  const clock = virtualClock();
  const source = {
    specVersion: 1,
    kind: "scripted",
    traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
    read: async () => answer,
    classify: () => undefined,
  } as const;
  const policy = { ttlMs: 60_000, maxStaleMs: 600_000 };
  const setting = { name: "store", members: [source], when: new Set<never>(), policy };
  const secrets = new SecretsInstance({ sources: [setting], defaultName: "store", clock, random: () => 0.5 });
  return { clock, secrets };
}

async function metricPoints(name: string) {
  await meterProvider.forceFlush();
  const metrics = metricExporter
    .getMetrics()
    .flatMap((resource) => resource.scopeMetrics.flatMap((scope) => scope.metrics));
  return metrics.findLast((metric) => metric.descriptor.name === name)?.dataPoints ?? [];
}

test("a call of the store is a span in the reader's context, a hit is none", async () => {
  const { secrets } = instance();
  const parent = tracerProvider.getTracer("test").startSpan("request");
  const within: Context = trace.setSpan(ROOT_CONTEXT, parent);

  await context.with(within, () => secrets.getSecret("db"));
  await context.with(within, () => secrets.getSecret("db"));

  const [span, ...others] = spans.getFinishedSpans();
  expect(others).toEqual([]);
  expect(span?.name).toBe("secretsource.read");
  expect(span?.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  expect(span?.attributes).toMatchObject({
    "secretsource.source": "store",
    "secretsource.secret.name": "db",
    "secretsource.secret.version": "7",
    "secretsource.request_id": "req-1",
  });
});

test("failures and rotations are counted by source and code, with the duration of each call", async () => {
  const { clock, secrets } = instance();
  await secrets.getSecret("db");
  answer = { payload: `${canary}-2`, version: "8" };
  await clock.advance(60_000);
  await secrets.getSecret("db");
  answer = { failure: "access-denied", advice: "Grant it." };
  await expect(secrets.getSecret("other")).rejects.toMatchObject({ code: "access-denied" });

  const counts = (await metricPoints("secretsource.events")).map(({ attributes, value }) => [
    attributes["secretsource.event.type"],
    attributes["error.type"],
    value,
  ]);
  expect(counts).toEqual([
    ["loaded", undefined, 2],
    ["rotated", undefined, 1],
    ["refresh-failed", "access-denied", 1],
  ]);
  const calls = (await metricPoints("secretsource.read.duration")).map(
    ({ value }) => (value as { count: number }).count,
  );
  expect(calls).toEqual([2, 1]);
  expect(spans.getFinishedSpans().at(-1)?.attributes["error.type"]).toBe("access-denied");
});

test("a store that does not have something has answered: a span without an error", async () => {
  const { secrets } = instance();
  answer = { failure: "not-found" };
  expect(await secrets.getSecret("db", { optional: true })).toBeUndefined();
  const [span] = spans.getFinishedSpans();
  expect(span?.name).toBe("secretsource.read");
  expect(span?.status).toEqual({ code: SpanStatusCode.UNSET });
  expect(span?.attributes).not.toHaveProperty("error.type");
  const [count] = await metricPoints("secretsource.events");
  expect(count?.attributes).toEqual({ "secretsource.source": "store", "secretsource.event.type": "absent" });
});

test("no value stands in a span or metric", async () => {
  const { secrets } = instance();
  await secrets.getSecret("db");
  const said = JSON.stringify([
    spans.getFinishedSpans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    await metricPoints("secretsource.events"),
  ]);
  expect(said).toContain("db");
  expect(said).not.toContain(canary);
});

test("ends when asked to, once or twice", async () => {
  const { secrets } = instance();
  stop();
  stop();
  await secrets.getSecret("db");
  expect(spans.getFinishedSpans()).toEqual([]);
});
