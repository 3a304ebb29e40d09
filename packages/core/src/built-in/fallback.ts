import { type FailureCode, failureCodes } from "../errors/error-code.ts";
import type { SecretSource } from "../source/secret-source.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";

/** Several sources of the same secrets, asked in order: data that the instance executes. */
export interface Fallback {
  readonly kind: "fallback";
  readonly members: readonly SecretSource[];
  /** The failures after which the next member is asked. */
  readonly when: readonly FailureCode[];
}

export interface FallbackOptions {
  /**
   * The failures after which the next member is asked; every code of a source's failure but `aborted`. Default:
   * `["unavailable", "timeout", "throttled"]`. A secret that is absent in one member is looked for in the next only
   * with `not-found` in the list.
   */
  readonly when?: readonly FailureCode[] | undefined;
}

const defaultWhen: readonly FailureCode[] = Object.freeze(["unavailable", "timeout", "throttled"] as const);

/**
 * Asks the first source, and the next one after a failure that `when` lists. Each member keeps its own state.
 *
 * @throws SecretsError `invalid-options` for an empty list, a fallback or the same source twice among the members, and
 *   for codes in `when` that no source answers with.
 */
export function fallback(members: readonly SecretSource[], options?: FallbackOptions): Fallback {
  // First: whoever writes the sources side by side has the second one in the place of the options.
  const checked = checkedMembers(members);
  const given = readOptions(options, ["when"], "The options of fallback");
  return Object.freeze<Fallback>({
    kind: "fallback",
    members: checked,
    when: given.when === undefined ? defaultWhen : checkedWhen(given.when),
  });
}

/** Whether this was made by {@link fallback}. Never throws. */
export function isFallback(value: unknown): value is Fallback {
  try {
    const { kind, members } = value as Partial<Fallback>;
    return kind === "fallback" && Array.isArray(members);
  } catch {
    return false;
  }
}

function checkedMembers(given: unknown): readonly SecretSource[] {
  const members = copyOfList(given);
  if (members === undefined || members.length === 0)
    return invalidOptions("fallback needs a list of one source or more: `fallback([first, second])`.");
  if (members.some((member) => typeof member !== "object" || member === null)) {
    return invalidOptions("A member of fallback is not a source: call the factory, as in `envSource()`.");
  }
  if (members.some(isFallback)) {
    return invalidOptions("A fallback cannot stand in a fallback: write all sources into one list.");
  }
  if (new Set(members).size !== members.length) {
    return invalidOptions("The same source stands twice in a fallback: to ask it again is the instance's matter.");
  }
  return Object.freeze(members as SecretSource[]);
}

function checkedWhen(given: unknown): readonly FailureCode[] {
  const codes = copyOfList(given);
  const known = failureCodes.filter((code) => code !== "aborted");
  if (codes === undefined || codes.length === 0 || !codes.every((code) => (known as unknown[]).includes(code))) {
    return invalidOptions(`\`when\` of fallback must list one or more of: ${known.join(", ")}.`);
  }
  return Object.freeze([...new Set(codes as FailureCode[])]);
}

function copyOfList(given: unknown): unknown[] | undefined {
  try {
    return Array.isArray(given) ? [...given] : undefined;
  } catch {
    return undefined;
  }
}
