import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { isLoopback } from "./is-loopback.ts";

type Answer = SecretRecord | SourceFailure | "alone";

/**
 * Notices requests that leave the machine without encryption, whoever has named the endpoint (an option, a variable, a
 * profile), and has the first record of the source say so. The request is made, as the SDK makes it: in a network of
 * containers, an emulator is reached so.
 */
export class ClearText {
  #host: string | undefined;
  #isTold = false;

  /** A request as it goes out. */
  notice({ protocol, hostname }: { readonly protocol?: string; readonly hostname?: string }): void {
    if (protocol === "http:" && hostname !== undefined && !isLoopback(hostname)) this.#host = hostname;
  }

  told<Given extends Answer>(answer: Given): Given | SecretRecord {
    if (this.#host === undefined || this.#isTold || answer === "alone" || answer.failure !== undefined) return answer;
    this.#isTold = true;
    const warning = `Secrets travel from \`${this.#host}\` in clear text, for everybody on the way to read: give an endpoint of https.`;
    const record: SecretRecord = answer;
    return { ...record, warnings: [...(record.warnings ?? []), warning] };
  }

  toldOf(answer: readonly Answer[] | SourceFailure): readonly Answer[] | SourceFailure {
    return "failure" in answer ? answer : answer.map((one) => this.told(one));
  }
}
