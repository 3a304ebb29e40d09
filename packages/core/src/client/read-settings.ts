import { type Fallback, fallback, isFallback } from "../built-in/fallback.ts";
import { policyDefaults } from "../policy/defaults.ts";
import type { CachePolicy } from "../policy/freshness.ts";
import type { SecretSource } from "../source/secret-source.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readObject, readOptions } from "../source-kit/read-options.ts";
import type { Clock } from "../time/clock.ts";
import { parseDuration } from "../time/duration.ts";
import { systemClock } from "../time/system-clock.ts";
import { checkSource, looksLikeSource, takeSources } from "./check-source.ts";
import type { Settings, SourceSetting } from "./settings.ts";
import { sourceFromUri } from "./source-from-uri.ts";

const known = ["source", "sources", "default", "from", "schemes", "ttl", "maxStale", "perSource", "clock"] as const;

const sourceName = /^[\w.-]{1,64}$/;
const shortestTtlMs = 1000;
const defaultPolicy: CachePolicy = { ttlMs: policyDefaults.ttlMs, maxStaleMs: policyDefaults.maxStaleMs };

/** @throws SecretsError `invalid-options`, `not-configured`, `unsupported-spec` */
export function readSettings(options: unknown): Settings {
  if (looksLikeSource(options) || isFallback(options)) invalidOptions("This is a source: pass it as `{ source }`.");
  const given = readOptions(options, known, "The options of createSecrets() and configureSecrets()");
  const sources = namedSources(given);
  const perSource = readOptions(given.perSource, [...sources.keys()], "`perSource`");
  const general = readPolicy(given, "", defaultPolicy);
  const settings = [...sources].map(([name, source]): SourceSetting => {
    const own = readOptions(perSource[name], ["ttl", "maxStale"], `\`perSource.${name}\``);
    return { name, ...readMembers(name, source), policy: readPolicy(own, `perSource.${name}.`, general) };
  });
  const members = settings.flatMap((setting) => setting.members);
  if (new Set(members).size !== members.length)
    invalidOptions("The same source stands in two places; make one for each.");
  const defaultName = readDefault([...sources.keys()], given.default);
  const clock = readClock(given.clock);
  takeSources(members);
  return { sources: settings, defaultName, clock, random: Math.random };
}

function readPolicy(given: { ttl?: unknown; maxStale?: unknown }, prefix: string, general: CachePolicy): CachePolicy {
  const { ttl, maxStale } = given;
  const ttlMs = ttl === undefined ? general.ttlMs : parseDuration(ttl, `${prefix}ttl`);
  if (ttlMs < shortestTtlMs)
    invalidOptions(`\`${prefix}ttl\` must be at least "1s"; to ask the store now, pass \`refresh: true\`.`);
  const maxStaleMs = maxStale === undefined ? general.maxStaleMs : parseDuration(maxStale, `${prefix}maxStale`);
  return { ttlMs, maxStaleMs };
}

function namedSources(given: Partial<Record<(typeof known)[number], unknown>>): Map<string, unknown> {
  const ways = [given.source, given.sources, given.from].filter((way) => way !== undefined);
  if (ways.length > 1) invalidOptions("Give one of `source`, `sources` and `from`, not several.");
  if (given.schemes !== undefined && (given.source ?? given.sources) !== undefined)
    invalidOptions("`schemes` goes with `from`.");
  if (given.sources !== undefined) {
    const named = new Map(Object.entries(readObject(given.sources, "`sources`")));
    if (named.size === 0) invalidOptions("`sources` must name at least one source.");
    if (![...named.keys()].every((name) => sourceName.test(name))) {
      invalidOptions("A source's name must be 1 to 64 letters, digits, `.`, `_` or `-`.");
    }
    return named;
  }
  if (given.default !== undefined) invalidOptions("`default` goes with `sources`.");
  if (given.source !== undefined) return new Map([[kindOf(given.source), given.source]]);
  const made = sourceFromUri(given.from, given.schemes);
  return new Map([[kindOf(made), made]]);
}

function kindOf(source: unknown): string {
  if (isFallback(source)) return "fallback";
  try {
    const { kind } = source as SecretSource;
    return typeof kind === "string" ? kind : "source";
  } catch {
    return "source";
  }
}

function readMembers(name: string, source: unknown): Pick<SourceSetting, "members" | "when"> {
  if (!isFallback(source)) return { members: [checkSource(source, name)], when: new Set() };
  const given = readObject(source, "A fallback");
  // Made anew, since it may be hand-made: its members and codes are checked there.
  const { members, when } = fallback(given.members as Fallback["members"], { when: given.when as Fallback["when"] });
  return { members: members.map((member) => checkSource(member, name)), when: new Set(when) };
}

function readDefault(names: readonly string[], name: unknown): string | undefined {
  if (name === undefined) return names.length === 1 ? names[0] : undefined;
  if (typeof name === "string" && names.includes(name)) return name;
  return invalidOptions(`\`default\` must be one of ${names.join(", ")}.`);
}

/** @throws SecretsError `invalid-options` */
export function readClock(clock: unknown): Clock {
  if (clock === undefined) return systemClock;
  try {
    const { now, monotonic, setTimer } = clock as Partial<Clock>;
    if (typeof now === "function" && typeof monotonic === "function" && typeof setTimer === "function") {
      return clock as Clock;
    }
  } catch {
    // Null, or a getter that throws.
  }
  return invalidOptions("`clock` must have now(), monotonic() and setTimer().");
}
