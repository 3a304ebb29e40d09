import { policyDefaults } from "../policy/defaults.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { SourceCall } from "../source/source-call.ts";
import type { SourceContext } from "../source/source-context.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Clock } from "../time/clock.ts";
import type { InstanceTime } from "../time/instance-time.ts";
import { attempt } from "./attempt.ts";
import type { Outage } from "./outage.ts";
import type { Slots } from "./slots.ts";
import { withoutSlot } from "./without-slot.ts";

/** What the small questions to one source share with its reads. */
export interface Counter {
  readonly source: SecretSource;
  readonly outage: Outage;
  readonly slots: Slots;
  readonly clock: Clock;
  readonly time: InstanceTime;
}

/** `turnedAway`: no call was made, since the source is known to be out. */
export type OneAnswer<T> =
  | { readonly value: T; readonly failure?: undefined }
  | { readonly failure: SourceFailure; readonly turnedAway: boolean };

/** What an answer is, checked. */
export type Checked<T> = { readonly value: T; readonly failure?: undefined } | { readonly failure: SourceFailure };

/** One attempt, in a slot of its own, that counts for the source's outage. Never rejects. */
export async function askOnce<T>(
  { source, outage, slots, clock, time }: Counter,
  method: SourceCall,
  signal: AbortSignal,
  call: (context: SourceContext) => Promise<unknown> | undefined,
  check: (answer: unknown) => Checked<T>,
): Promise<OneAnswer<T>> {
  if (!slots.take() && !(await slots.turn({ clock, ms: policyDefaults.queueMs, signal }))) {
    return { failure: withoutSlot(signal), turnedAway: true };
  }
  try {
    const admitted = outage.admit();
    if (typeof admitted === "object") return { failure: admitted, turnedAway: true };
    const startedAt = time.precise();
    const limits = { clock, deadlineMs: policyDefaults.attemptMs, signal, bypassCaches: false };
    const checked = (answer: unknown) => ({ checked: check(answer) });
    const outcome = await attempt(source, method, async (context) => call(context), checked, limits);
    const answer: Checked<T> = "checked" in outcome ? outcome.checked : { failure: outcome };
    outage.ended(startedAt, [answer.failure ?? {}], admitted === "try");
    return answer.failure === undefined ? answer : { failure: answer.failure, turnedAway: false };
  } finally {
    slots.giveBack();
  }
}
