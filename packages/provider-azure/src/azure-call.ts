import type { SourceFailure } from "@secretsource/core/source";
import { untilAborted } from "@secretsource/core/source-kit";
import { checkedRequestId } from "./azure-error.ts";
import { azureFailure } from "./azure-failures.ts";
import { withCallSignal } from "./call-signal.ts";
import type { KeyVaultAnswer, KeyVaultCallOptions } from "./key-vault-methods.ts";
import type { VaultPermission } from "./vault-permission.ts";

export interface Answered<T> {
  readonly answer: T;
  readonly requestId: string | undefined;
  readonly failure?: undefined;
}

/**
 * One call of the SDK. What it throws is returned as a failure.
 *
 * @throws The signal's reason after an abort, and what is no error of the SDK.
 */
export async function callAzure<T>(
  permission: VaultPermission,
  signal: AbortSignal,
  send: (options: KeyVaultCallOptions) => Promise<T>,
): Promise<Answered<T> | SourceFailure> {
  let last: KeyVaultAnswer | undefined;
  const options: KeyVaultCallOptions = {
    abortSignal: signal,
    onResponse(answer) {
      last = answer;
    },
  };
  try {
    const answer = await untilAborted(signal, () =>
      permission === "list" ? withCallSignal(signal, () => send(options)) : send(options),
    );
    return { answer, requestId: checkedRequestId(last?.headers.get("x-ms-request-id")) };
  } catch (error) {
    const failure = signal.aborted ? undefined : azureFailure(error, { permission, last });
    if (failure === undefined) throw error;
    return failure;
  }
}
