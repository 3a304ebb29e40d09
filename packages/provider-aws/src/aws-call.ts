import type { SourceFailure } from "@secretsource/core/source";
import { untilAborted } from "@secretsource/core/source-kit";
import { checkedRequestId } from "./aws-error.ts";
import { awsFailure } from "./aws-failures.ts";

export interface CallOptions {
  readonly abortSignal: AbortSignal;
}

/** What every answer of the SDK has. */
export interface Answered {
  readonly $metadata?: { readonly requestId?: string | undefined } | undefined;
}

/**
 * One call of a service. What the SDK throws is returned as a failure, whose advice names the action where it is one of
 * permissions.
 *
 * @param action As IAM knows it: `ssm:GetParameter`.
 * @throws The signal's reason after an abort, and what is no error of the SDK.
 */
export async function callAws<Answer extends object>(
  action: string,
  signal: AbortSignal,
  send: (options: CallOptions) => Promise<Answer>,
): Promise<Answer | SourceFailure> {
  try {
    return await untilAborted(signal, () => send({ abortSignal: signal }));
  } catch (error) {
    const failure = signal.aborted ? undefined : awsFailure(error, { action });
    if (failure === undefined) throw error;
    return failure;
  }
}

export function requestIdOf({ $metadata }: Answered): string | undefined {
  return checkedRequestId($metadata?.requestId);
}

export function isFailure(answer: object): answer is SourceFailure {
  return "failure" in answer && answer.failure !== undefined;
}
