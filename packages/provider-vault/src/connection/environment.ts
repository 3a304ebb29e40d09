import { invalidOptions } from "@secretsource/core/source-kit";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of Vault's and OpenBao's own tools. As theirs, `BAO_...` goes before `VAULT_...`; an empty one is not set. */
export class VaultEnvironment {
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  /** The value of `BAO_NAME` or `VAULT_NAME`. */
  text(name: string): string | undefined {
    return this.#env[`BAO_${name}`] || this.#env[`VAULT_${name}`] || undefined;
  }

  /** As Go reads truth values, since the servers' own tools do. */
  flag(name: string): boolean {
    const text = this.text(name);
    if (text === undefined || /^(?:0|f|F|false|FALSE|False)$/.test(text)) return false;
    if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return true;
    return invalidOptions(`The variable VAULT_${name} must be true or false.`);
  }
}
