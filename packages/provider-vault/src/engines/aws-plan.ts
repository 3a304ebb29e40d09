import type { Clock } from "@secretsource/core/source-kit";
import { objectIn } from "../answer/vault-answer.ts";
import { readBelow } from "./engine-request.ts";
import type { MintingPlan } from "./minting.ts";

export interface AwsKeys {
  readonly base: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  /** How long the keys of a new IAM user are held back. */
  readonly waitMs: number;
  readonly clock: Clock;
}

/** Keys for AWS. Those of a new IAM user are not known everywhere at once, and are held back until then. */
export function awsPlan({ base, query, waitMs, clock }: AwsKeys): MintingPlan {
  return {
    request: (role) => readBelow(base, role, query),
    async refine(record, { body }, signal) {
      const isUser = !objectIn(body.data)?.security_token;
      if (isUser && waitMs > 0) await wait(clock, waitMs, signal);
      return record;
    },
  };
}

/** @throws what the signal was aborted with. */
function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((settle, reject) => {
    signal.throwIfAborted();
    const abort = () => {
      timer.cancel();
      reject(signal.reason);
    };
    const timer = clock.setTimer(
      () => {
        signal.removeEventListener("abort", abort);
        settle();
      },
      ms,
      "hold",
    );
    signal.addEventListener("abort", abort, { once: true });
  });
}
