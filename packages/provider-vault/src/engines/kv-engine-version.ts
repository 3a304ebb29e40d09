import type { SourceFailure } from "@secretsource/core/source";
import { statusFailure } from "../answer/status-failures.ts";
import { isSuccess, objectIn, textsIn, type VaultAnswer } from "../answer/vault-answer.ts";
import type { Connection } from "../connection/connection.ts";
import { noAbsence } from "../token/no-absence.ts";
import { raced } from "../token/raced.ts";

/** `unknown`: the server does not let us ask. */
export type KvVersion = 1 | 2 | "unknown";

/** What a server without the question says (Vault below 0.10). */
const noQuestion: ReadonlySet<number> = new Set([400, 404, 405]);

/** Which version an engine is of: given, or asked for once, or found out on the way. */
export class KvEngineVersion {
  readonly #connection: Connection;
  readonly #mount: readonly string[];
  #known: KvVersion | undefined;
  #asking: Promise<KvVersion | SourceFailure> | undefined;

  constructor(connection: Connection, mount: readonly string[], given: 1 | 2 | undefined) {
    this.#connection = connection;
    this.#mount = mount;
    this.#known = given;
  }

  /** @throws what the signal was aborted with. */
  async find(signal: AbortSignal): Promise<KvVersion | SourceFailure> {
    if (this.#known !== undefined) return this.#known;
    // One question for all who read at the start.
    this.#asking ??= this.#connection
      .shared((shared) => this.#ask(shared))
      .finally(() => {
        this.#asking = undefined;
      });
    return raced(this.#asking, signal);
  }

  /** An answer has shown it. */
  learn(version: 1 | 2 | undefined): void {
    this.#known = version;
  }

  /** The question that the command line asks too; any permission below the mount is enough for it. */
  async #ask(signal: AbortSignal): Promise<KvVersion | SourceFailure> {
    const path = ["sys", "internal", "ui", "mounts", ...this.#mount];
    const answer = await this.#connection.call({ method: "GET", path, needs: "read" }, signal);
    if (answer.failure === "access-denied") this.#known = "unknown";
    else if (answer.failure !== undefined) return answer;
    else if (isSuccess(answer)) return this.#read(answer);
    else if (noQuestion.has(answer.status)) this.#known = "unknown";
    else return noAbsence(statusFailure(answer));
    return this.#known;
  }

  #read({ body }: VaultAnswer): KvVersion | SourceFailure {
    const data = objectIn(body.data);
    const { type } = data ?? {};
    if (type !== undefined && type !== "kv" && type !== "generic") {
      const advice = `At \`${this.#mount.join("/")}\` another engine is mounted, which is no kv: check \`mount\`.`;
      return { failure: "invalid-request", advice };
    }
    this.#known = String(objectIn(data?.options)?.version) === "2" ? 2 : 1;
    return this.#known;
  }
}

/** An engine of version 2 that is asked in the manner of version 1 says so, in a 404. */
export function saysVersioned({ body }: VaultAnswer): boolean {
  return /versioned K\/V/i.test(textsIn(body.warnings));
}
