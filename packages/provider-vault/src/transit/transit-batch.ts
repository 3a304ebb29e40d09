import type { SourceFailure } from "@secretsource/core/source";
import { objectIn, textIn, type VaultAnswer } from "../answer/vault-answer.ts";
import { callFailure, itemFailure } from "./transit-failures.ts";
import type { TransitResult } from "./transit-items.ts";

const corrupt: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The engine's answer holds no result for this item.",
};

/**
 * The results of a batch, one per item, in their order. A batch of which items failed is answered with 400 and the results
 * of all.
 *
 * @returns A failure where the batch as a whole failed.
 */
export function batchResults<T>(
  answer: VaultAnswer,
  count: number,
  pick: (item: Readonly<Record<string, unknown>>) => T | undefined,
): readonly TransitResult<T>[] | SourceFailure {
  const results = objectIn(answer.body.data)?.batch_results;
  if (!Array.isArray(results)) return answer.status === 200 ? corrupt : callFailure(answer);
  if (results.length !== count) return corrupt;
  return results.map((result: unknown): TransitResult<T> => {
    const item = objectIn(result);
    const error = textIn(item?.error);
    if (error !== undefined) return itemFailure(error);
    const value = item === undefined ? undefined : pick(item);
    return value === undefined ? corrupt : { value };
  });
}
