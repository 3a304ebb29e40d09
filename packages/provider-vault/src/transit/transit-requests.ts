import type { SourceFailure } from "@secretsource/core/source";
import { isSuccess, objectIn, textIn, type VaultAnswer } from "../answer/vault-answer.ts";
import type { Connection } from "../connection/connection.ts";
import type { DataKey, DataKeyOptions } from "./data-key.ts";
import { batchResults } from "./transit-batch.ts";
import { callFailure, unsound } from "./transit-failures.ts";
import { contextOf, isSound, type TransitResult } from "./transit-items.ts";
import type { TransitSignOptions } from "./transit-options.ts";
import { type Verb, type Verbs, verbs } from "./transit-verbs.ts";

type Answer = Promise<VaultAnswer | SourceFailure>;

/** The requests that an engine takes: one each, and no second attempt. */
export class TransitRequests {
  readonly #connection: Connection;
  readonly #mount: readonly string[];

  constructor(connection: Connection, mount: readonly string[]) {
    this.#connection = connection;
    this.#mount = mount;
  }

  /** @throws what the signal was aborted with. */
  async batch<In, Out>(
    choose: (verbs: Verbs) => Verb<In, Out>,
    key: string,
    items: readonly In[],
    { hashAlgorithm, signatureAlgorithm }: TransitSignOptions,
    signal: AbortSignal,
  ): Promise<readonly TransitResult<Out>[] | SourceFailure> {
    const verb = choose(verbs);
    if (!Array.isArray(items) || !items.every((item) => isSound(item, verb.needs))) return unsound(verb.needs);
    if (items.length === 0) return [];
    const body = {
      batch_input: items.map(verb.put),
      ...(hashAlgorithm !== undefined && { hash_algorithm: hashAlgorithm }),
      ...(signatureAlgorithm !== undefined && { signature_algorithm: signatureAlgorithm }),
    };
    const answer = await this.#call([verb.path, key], body, signal);
    return answer.failure === undefined ? batchResults(answer, items.length, verb.pick) : answer;
  }

  /** @throws what the signal was aborted with. */
  async dataKey(
    key: string,
    { bits = 256, wrapped = false, signal: _, ...context }: DataKeyOptions,
    signal: AbortSignal,
  ): Promise<DataKey | SourceFailure> {
    if (!isSound(context, [])) return unsound([]);
    const path = ["datakey", wrapped ? "wrapped" : "plaintext", key];
    const answer = await this.#call(path, { bits, ...contextOf(context) }, signal);
    if (answer.failure !== undefined) return answer;
    if (!isSuccess(answer)) return callFailure(answer);
    const data = objectIn(answer.body.data);
    const ciphertext = textIn(data?.ciphertext);
    const plaintext = textIn(data?.plaintext);
    if (ciphertext === undefined || (plaintext === undefined) !== wrapped) {
      return { failure: "payload-corrupt", advice: "The engine's answer holds no data key." };
    }
    return {
      ciphertext,
      ...(plaintext !== undefined && { plaintext: Uint8Array.from(Buffer.from(plaintext, "base64")) }),
    };
  }

  #call(path: readonly string[], body: object, signal: AbortSignal): Answer {
    return this.#connection.call({ method: "POST", path: [...this.#mount, ...path], body, needs: "update" }, signal);
  }
}
