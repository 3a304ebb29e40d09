import { readFileSync } from "node:fs";
import type { WireRequest } from "@secretsource/conformance/wire";

/** One line of a policy. */
export interface PolicyRule {
  readonly text: string;
  readonly path: string;
  readonly capabilities: readonly string[];
}

const page = readFileSync(new URL("../../../docs/vault.md", import.meta.url), "utf8");

/** The policies of the docs, by their features. */
export const documentedPolicies: ReadonlyMap<string, readonly PolicyRule[]> = new Map(
  [...page.matchAll(/<!-- policy: (.+?) -->\n\n```hcl\n([\s\S]*?)```/g)].map(([, feature = "", text = ""]) => {
    return [feature, text.trim().split("\n").map(ruleOf)] as const;
  }),
);

function ruleOf(text: string): PolicyRule {
  const [, path, list] = /^path "([^"]+)" \{ capabilities = (\[.+\]) \}$/.exec(text) ?? [];
  if (path === undefined || list === undefined) throw new Error(`docs/vault.md: no policy of one line: ${text}`);
  return { text, path, capabilities: JSON.parse(list) as string[] };
}

const capabilityOf: Readonly<Record<string, string>> = { GET: "read", POST: "update", PUT: "update" };
/** Every token may do these, and who has none. */
const open = /^(?:auth\/[^/]+\/login$|sys\/internal\/ui\/mounts\/)/;

/**
 * What the requests need and neither these rules nor `others` give, and what these rules give that no request has needed. A
 * token may always look after itself: that is a policy of its own, and in `default`.
 */
export function difference(
  requests: readonly WireRequest[],
  rules: readonly PolicyRule[],
  others: readonly PolicyRule[] = [],
) {
  const needed = requests
    .map(({ method, path }) => ({
      path: decodeURIComponent(path.replace(/^\/v1\//, "")),
      capability: capabilityOf[method],
    }))
    .filter(({ path }) => !open.test(path));
  const own = rightsOf(rules);
  const all = [...own, ...rightsOf(others), ...rightsOf(documentedPolicies.get("token") ?? [])];
  return {
    missing: needed.filter((need) => !all.some((right) => allows(right, need))),
    unused: own.filter((right) => !needed.some((need) => allows(right, need))),
  };
}

interface Right {
  readonly path: string;
  readonly capability: string | undefined;
}

function rightsOf(rules: readonly PolicyRule[]): Right[] {
  return rules.flatMap(({ path, capabilities }) => capabilities.map((capability) => ({ path, capability })));
}

function allows(right: Right, need: Right): boolean {
  if (right.capability !== need.capability) return false;
  return right.path.endsWith("*") ? need.path.startsWith(right.path.slice(0, -1)) : need.path === right.path;
}
