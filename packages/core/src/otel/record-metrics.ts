import type { Meter } from "@opentelemetry/api";
import type { SecretsEvent } from "../state/secrets-event.ts";

/** Counters and the duration of calls; by source, and by code where something failed. */
export function recordMetrics(meter: Meter): (event: SecretsEvent) => void {
  const events = meter.createCounter("secretsource.events", {
    description: "Events of the instances, by type: loaded, rotated, refresh-failed, became-stale, ...",
    unit: "{event}",
  });
  const duration = meter.createHistogram("secretsource.read.duration", {
    description: "Calls of a store, all attempts and waits included",
    unit: "s",
  });
  return (event) => {
    if (event.type === "closed") return;
    const attributes = {
      "secretsource.source": event.source,
      // That a store does not have something is an answer.
      ...("code" in event && event.type !== "absent" && { "error.type": event.code }),
    };
    events.add(1, { ...attributes, "secretsource.event.type": event.type });
    if ("durationMs" in event) duration.record(event.durationMs / 1000, attributes);
  };
}
