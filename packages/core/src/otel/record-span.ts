import { SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import type { SecretsEvent } from "../state/secrets-event.ts";

/** A span for each call of a store, in the context of the read that started it. */
export function recordSpan(tracer: Tracer, event: SecretsEvent): void {
  if (event.type !== "loaded" && event.type !== "absent" && event.type !== "refresh-failed") return;
  const span = tracer.startSpan("secretsource.read", {
    kind: SpanKind.CLIENT,
    startTime: event.at - event.durationMs,
    attributes: {
      "secretsource.source": event.source,
      "secretsource.secret.name": event.secretName,
      "secretsource.secret.selector": event.selector,
      "secretsource.attempts": event.attempts,
    },
  });
  if (event.type === "loaded") {
    if (event.version !== undefined) span.setAttribute("secretsource.secret.version", event.version);
    if (event.requestId !== undefined) span.setAttribute("secretsource.request_id", event.requestId);
  } else if (event.type === "refresh-failed") {
    span.setAttribute("error.type", event.code);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end(event.at);
}
