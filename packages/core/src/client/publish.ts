import { channel } from "node:diagnostics_channel";
import type { SecretsEvent } from "../state/secrets-event.ts";

const events = channel("secretsource:event");

/** For those who watch a whole process: a subscriber of `secretsource:event` hears every instance. */
export function publish(event: SecretsEvent): void {
  if (events.hasSubscribers) events.publish(event);
}
