import { SecretsError } from "../errors/secrets-error.ts";
import { policyDefaults } from "../policy/defaults.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../time/with-deadline.ts";
import type { SourceSetting } from "./settings.ts";

/** Closes every source, however the others fare; then says which could not be closed. */
export async function closeSources(sources: readonly SourceSetting[], clock: Clock): Promise<void> {
  const closed = await Promise.all(
    sources.flatMap(({ name, members }) => members.map(async (source) => ({ name, ok: await closes(source, clock) }))),
  );
  const failed = closed.find(({ ok }) => !ok);
  if (failed === undefined) return;
  throw new SecretsError({
    code: "unknown",
    source: failed.name,
    advice: "The source failed to close within 10 s; everything else is closed.",
  });
}

async function closes(source: SecretSource, clock: Clock): Promise<boolean> {
  try {
    const outcome = await withDeadline(clock, policyDefaults.callMs, async () => source.close?.());
    return "value" in outcome;
  } catch {
    return false;
  }
}
