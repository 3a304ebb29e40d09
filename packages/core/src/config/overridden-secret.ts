import { Decoded } from "../decode/decoded.ts";
import type { Reading } from "../decode/reading.ts";
import { RedactedSecret } from "../secret/redacted-secret.ts";
import type { Clock } from "../time/clock.ts";
import { environmentName } from "./environment.ts";
import type { ItemOutcome } from "./item-definition.ts";
import { problemOf } from "./item-problem.ts";

/** A variable that stands in the place of a secret. */
export interface Override {
  /** The secret's name. */
  readonly name: string;
  readonly variable: string;
  readonly text: string;
  readonly reading: Reading;
}

/** The override as the secret that it stands for: read, validated and redacted alike. */
export async function overriddenSecret(override: Override, clock: Clock): Promise<ItemOutcome> {
  const { name, variable, text, reading } = override;
  try {
    // The variable stands for the item, so it holds the field itself: two fields of one secret are two variables.
    const value = await new Decoded(text, { clock }).value({ ...reading, field: undefined });
    const metadata = Object.freeze({ variable });
    const facts = { name, version: undefined, fetchedAt: clock.now(), metadata };
    return { value: new RedactedSecret(facts, value) };
  } catch (error) {
    return { problem: problemOf(error, { source: environmentName, name: variable }) };
  }
}
