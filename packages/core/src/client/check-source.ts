import { SecretsError } from "../errors/secrets-error.ts";
import type { SecretSource } from "../source/secret-source.ts";

const owned = new WeakSet<SecretSource>();

/**
 * Takes a source for one instance.
 *
 * @throws SecretsError `unsupported-spec` for another version of the contract, `invalid-options` for what is no
 *   source or already belongs to an instance.
 */
export function checkSource(source: unknown, name: string): SecretSource {
  const candidate = shape(source);
  if (candidate === undefined) return invalid(name, "is not a SecretSource: call the factory, as in `envSource()`.");
  if (candidate.specVersion !== 1) {
    throw new SecretsError({
      code: "unsupported-spec",
      source: name,
      advice:
        "This release knows version 1 of the source contract: update @secretsource/core, or use an older release of the source's package.",
    });
  }
  if (candidate.problem !== undefined) return invalid(name, candidate.problem);
  if (owned.has(source as SecretSource)) {
    return invalid(name, "already belongs to an instance: one source belongs to one instance, which closes it.");
  }
  return source as SecretSource;
}

/** For who passes a source where options belong. Never throws. */
export function looksLikeSource(value: unknown): boolean {
  return shape(value) !== undefined;
}

/** Marks the sources as taken, once all of an instance's options are known to be good. */
export function takeSources(sources: Iterable<SecretSource>): void {
  for (const source of sources) owned.add(source);
}

function shape(source: unknown): { specVersion: unknown; problem: string | undefined } | undefined {
  try {
    if (typeof source !== "object" || source === null) return undefined;
    const { specVersion, kind, traits, read, classify } = source as Partial<SecretSource>;
    if (specVersion === undefined && read === undefined) return undefined;
    if (specVersion !== 1) return { specVersion, problem: undefined };
    if (typeof kind !== "string" || kind === "") return { specVersion, problem: "has no `kind`." };
    if (typeof read !== "function" || typeof classify !== "function") {
      return { specVersion, problem: "lacks `read` or `classify`." };
    }
    if (!Array.isArray(traits?.stages) || !traits.stages.includes("current")) {
      return { specVersion, problem: "lacks `traits.stages` with `current` in it." };
    }
    return { specVersion, problem: capabilityProblem(source as SecretSource) };
  } catch {
    return undefined;
  }
}

/** A method that is present is a capability, so it must be one. */
function capabilityProblem({ batch, probe, leases, watch, load, close }: SecretSource): string | undefined {
  if (batch !== undefined) {
    if (typeof batch.read !== "function") return "has a `batch` without `read`.";
    if (!Number.isInteger(batch.limit) || batch.limit < 1)
      return "has a `batch.limit` that is no whole number above 0.";
  }
  if (leases !== undefined && (typeof leases.renew !== "function" || typeof leases.revoke !== "function")) {
    return "has `leases` without `renew` or `revoke`.";
  }
  const methods = Object.entries({ probe, watch, load, close });
  const wrong = methods.find(([, method]) => method !== undefined && typeof method !== "function");
  return wrong && `has a \`${wrong[0]}\` that is no function.`;
}

function invalid(name: string, problem: string): never {
  throw new SecretsError({ code: "invalid-options", source: name, advice: `The source ${problem}` });
}
