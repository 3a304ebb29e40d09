import { storedPayload } from "../built-in/memory-value.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { nameProblem } from "../policy/secret-name.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Clock } from "../time/clock.ts";
import { mintTerms } from "./minted.ts";
import type { MockLeases } from "./mock-leases.ts";
import { MockMint } from "./mock-mint.ts";
import { listNames } from "./mock-names.ts";
import { type MockVersion, MockVersions, type Withdrawal } from "./mock-versions.ts";

/** What a mock holds by name: secrets, and the names that it was told to be without. */
export class MockStore {
  readonly #clock: Clock;
  readonly #mints: boolean;
  readonly #leases: MockLeases;
  readonly #entries = new Map<string, MockVersions | MockMint | "absent">();

  constructor(clock: Clock, mints: boolean, leases: MockLeases) {
    this.#clock = clock;
    this.#mints = mints;
    this.#leases = leases;
  }

  get entries(): ReadonlyMap<string, MockVersions | MockMint | "absent"> {
    return this.#entries;
  }

  /** @throws SecretsError `invalid-options` where there is one of that name, or the value fits no mock like this one. */
  define(name: string, value: unknown): void {
    const problem = nameProblem(name);
    if (problem !== undefined) throw refusal(undefined, problem);
    const earlier = this.#entries.get(name);
    if (typeof earlier === "object" && earlier.withdrawn !== "deleted") {
      throw refusal(name, "It is defined already: rotate() gives it another version.");
    }
    this.#entries.set(name, this.#made(name, value));
  }

  absent(name: string): void {
    const problem = nameProblem(name);
    if (problem !== undefined) throw refusal(undefined, problem);
    this.#entries.set(name, "absent");
  }

  /** @throws SecretsError `invalid-options` for a name that was neither defined nor declared absent. */
  known(name: string): MockVersions | MockMint | "absent" {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw refusal(name, this.#strangerAdvice());
    return entry;
  }

  /** @throws SecretsError `invalid-options` also for one that is absent or deleted. */
  secret(name: string): MockVersions | MockMint {
    const entry = this.known(name);
    if (entry === "absent") throw refusal(name, "It is declared absent: define() gives it a value.");
    if (entry.withdrawn !== "deleted") return entry;
    throw refusal(name, "It is removed: restore() brings it back, define() makes it anew.");
  }

  /** @throws SecretsError `invalid-options` also for one that is minted. */
  versions(name: string): MockVersions {
    const secret = this.secret(name);
    if (secret instanceof MockVersions) return secret;
    throw refusal(name, "It is minted anew at each read and has no versions: expireLease() ends what was minted.");
  }

  /** What the store says about the ref. */
  answer(ref: SecretRef, requestId: string): SecretRecord | SourceFailure {
    const entry = this.#entries.get(ref.name);
    if (entry === undefined) return { failure: "invalid-request", advice: this.#strangerAdvice() };
    if (entry === "absent") return { failure: "not-found", advice: "The test's mockSource declares it absent." };
    if (entry.withdrawn !== undefined) return withdrawal(entry.withdrawn);
    if (entry instanceof MockMint) return this.#minted(entry, ref, requestId);
    const version = entry.find(ref.version);
    if (version === undefined) return noSuchVersion;
    if (version.withdrawn !== undefined) return withdrawal(version.withdrawn);
    return this.#record(version, requestId);
  }

  #made(name: string, value: unknown): MockVersions | MockMint {
    const terms = mintTerms(value);
    if ((terms !== undefined) !== this.#mints) {
      const advice = "A source mints all of its secrets or none: put the minted() ones into a mockSource of their own.";
      throw refusal(name, advice);
    }
    if (terms !== undefined) return new MockMint(name, terms, this.#leases);
    const versions = new MockVersions();
    versions.rotate(storedPayload(value, name), this.#clock.now());
    return versions;
  }

  #minted(secret: MockMint, { version }: SecretRef, requestId: string): SecretRecord | SourceFailure {
    if (version !== "current") return { failure: "unsupported", advice: "A minted secret has no versions." };
    try {
      return { ...secret.mint(), createdAt: this.#clock.now(), requestId };
    } catch {
      // What a test's function throws may quote a value.
      return {
        failure: "unknown",
        advice:
          "The function given to minted() threw, or gave what is no value. What it threw may quote a value and is not shown: call it by itself to see.",
      };
    }
  }

  #record({ id, payload, createdAt, facts }: MockVersion, requestId: string): SecretRecord {
    const { changesAt = 0, ...said } = facts;
    const changesInMs = changesAt - this.#clock.now();
    return {
      payload: typeof payload === "string" ? payload : new Uint8Array(payload),
      version: id,
      createdAt,
      requestId,
      ...said,
      ...(changesInMs > 0 && { changesInMs }),
    };
  }

  #strangerAdvice(): string {
    const names = listNames(this.#entries.keys());
    return `No secret of this name is defined in the test's mockSource; defined: ${names}. Add it to the seed, or say absent() of a name that the store is to be without.`;
  }
}

const noSuchVersion: SourceFailure = {
  failure: "version-not-found",
  advice: "The test's mockSource has none: rotate() and stage() make versions, label() gives one a label.",
};

/** Without a source: what an instance calls this one, it does not know. */
export function refusal(secretName: string | undefined, advice: string): SecretsError {
  return new SecretsError({ code: "invalid-options", secretName, advice });
}

function withdrawal(how: Withdrawal): SourceFailure {
  return { failure: how, advice: `The test's mockSource has ${how} it: restore() undoes that.` };
}
