import type { SecretsErrorCode } from "../errors/error-code.ts";
import { printableName } from "../errors/printable-name.ts";
import { CopiedAtReveal } from "./copied-at-reveal.ts";
import type { Secret } from "./secret.ts";

/** All that is public about a record. */
export interface SecretFacts {
  readonly name: string;
  readonly version: string | undefined;
  readonly fetchedAt: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * All state is in private fields: no own property exists for spread, `Object.entries`, `structuredClone`, a serialiser
 * or a table printer to find.
 */
export class RedactedSecret<T> implements Secret<T> {
  readonly #facts: SecretFacts;
  readonly #value: T | CopiedAtReveal<T>;
  readonly #stale: SecretsErrorCode | undefined;

  /** @param facts Shared by all secrets that one record gives. */
  constructor(facts: SecretFacts, value: T | CopiedAtReveal<T>, stale?: SecretsErrorCode) {
    this.#facts = facts;
    this.#value = value;
    this.#stale = stale;
    Object.freeze(this);
  }

  reveal(): T {
    return this.#value instanceof CopiedAtReveal ? this.#value.copy() : this.#value;
  }

  get name(): string {
    return this.#facts.name;
  }

  get version(): string | undefined {
    return this.#facts.version;
  }

  get fetchedAt(): number {
    return this.#facts.fetchedAt;
  }

  get metadata(): Readonly<Record<string, string>> {
    return this.#facts.metadata;
  }

  get stale(): SecretsErrorCode | undefined {
    return this.#stale;
  }

  toString(): string {
    // Printing goes through proxies and heirs too, which have no private fields, and must not throw there either.
    return #facts in this ? `[secret ${printableName(this.#facts.name)}: call reveal()]` : "[secret: call reveal()]";
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.toPrimitive](): string {
    return this.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  get [Symbol.toStringTag](): string {
    return "Secret";
  }
}
