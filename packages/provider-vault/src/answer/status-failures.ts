import type { FailureCode, SourceFailure } from "@secretsource/core/source";
import { retryAfterMs } from "@secretsource/core/source-kit";

import { textsIn, type VaultAnswer } from "./vault-answer.ts";

type Meaning = readonly [FailureCode, string];

// The statuses of https://developer.hashicorp.com/vault/api-docs and .../system/health, which say more than their class.
const meanings: Readonly<Record<number, Meaning>> = {
  400: ["invalid-request", "The server does not take the request: check the name and the options of the source."],
  412: ["unavailable", "This node of a replicated cluster has not yet seen our last write; it soon will have."],
  413: ["invalid-request", "The server does not take a request of this length."],
  429: ["throttled", "The server, or what stands before it, takes no more requests for now: a quota, perhaps."],
  472: ["unavailable", "The node is a disaster-recovery secondary and serves nobody: address the primary cluster."],
  473: ["unavailable", "The node is a performance standby that does not serve this: address the active node."],
  474: ["unavailable", "The node is a standby that cannot reach the active node: look at the cluster."],
  500: ["unavailable", "The server, or the database or cloud that it asked, failed: look at the server's log."],
  501: ["unavailable", "The server is not initialised: run `vault operator init` (or `bao operator init`)."],
  502: ["unavailable", "A third party that the server asks (a database, an identity provider) failed."],
  503: ["unavailable", "The server is in maintenance or overloaded."],
  530: ["unavailable", "The node has been removed from its cluster: take it out of the load balancer."],
};

const sealed: Meaning = ["unavailable", "The server is sealed: unseal it with `vault operator unseal` (or `bao`)."];
const locked: Meaning = ["unavailable", "An administrator has locked this namespace: `vault namespace unlock`."];
const noActiveNode: Meaning = [
  "unavailable",
  "The node is a standby and knows no active node: the cluster has no leader.",
];
const quota: Meaning = ["throttled", "A rate-limit quota of the server is used up: raise it, or ask less often."];
// Its answer about its health, which a load balancer may pass on for any path.
const standby: Meaning = ["unavailable", "The node is a standby and does not serve this: address the active node."];
const httpsWanted: Meaning = ["unavailable", "The server speaks HTTPS: the address begins with `http:`."];

/**
 * What an answer that is no success stands for. A 403 is not for here: it needs a look at our own token.
 *
 * @param place The options that a path is made of.
 */
export function statusFailure(answer: VaultAnswer, place = "`mount`"): SourceFailure {
  const { status, headers } = answer;
  const [failure, advice] = misplaced(answer, place) ?? meaningOf(answer);
  const wait =
    failure === "throttled" || failure === "unavailable"
      ? retryAfterMs(headers["retry-after"], headers.date)
      : undefined;
  return { failure, advice, native: { status }, ...(wait !== undefined && { retryAfterMs: wait }) };
}

/**
 * The server is well, and says in its own form that this request failed: what stands behind it did, a database or a cloud.
 * Other secrets have others.
 */
export function isFailureBehind(answer: VaultAnswer): boolean {
  const { status, body } = answer;
  const isServersWord = Array.isArray(body.errors);
  return isServersWord && (status === 500 || status === 502) && meaningOf(answer) === meanings[status];
}

/** Asked in a namespace that there is not. */
export function isMissingNamespace({ status, body }: VaultAnswer): boolean {
  return status === 404 && /namespace not found/i.test(textsIn(body.errors));
}

/** Nothing is mounted there, or something that knows no such path. */
export function isUnmounted({ status, body }: VaultAnswer): boolean {
  return status === 404 && /no handler for route|unsupported path|route entry not found/i.test(textsIn(body.errors));
}

function meaningOf(answer: VaultAnswer): Meaning {
  const { status, body, text } = answer;
  const errors = textsIn(body.errors);
  if (/is sealed/i.test(errors) || (status === 503 && body.sealed === true)) return sealed;
  if (status === 429 && /quota|rate.?limit/i.test(errors)) return quota;
  if (status === 429 && (/standby/i.test(errors) || body.standby === true)) return standby;
  if (status === 503 && /locked/i.test(errors)) return locked;
  if (status === 500 && /active cluster node not found|local node not active/i.test(errors)) return noActiveNode;
  if (status === 400 && /HTTP request to an HTTPS server/i.test(text)) return httpsWanted;
  return meanings[status] ?? ofClass(status);
}

/** Asked where the server has nothing that could answer. */
function misplaced(answer: VaultAnswer, place: string): Meaning | undefined {
  const { status, body, asked } = answer;
  const path = `\`${asked.path.join("/")}\``;
  if (isMissingNamespace(answer)) {
    const name = asked.namespace === undefined ? "such namespace" : `namespace \`${asked.namespace}\``;
    return ["invalid-request", `The server has no ${name}: check \`namespace\` (VAULT_NAMESPACE).`];
  }
  if (status === 405 || (isUnmounted(answer) && /unsupported path/i.test(textsIn(body.errors)))) {
    const what = status === 405 ? "does not take this request at" : "has no path";
    return [
      "invalid-request",
      `The engine that is mounted there ${what} ${path}: check ${place}, and which engine it is.`,
    ];
  }
  if (!isUnmounted(answer)) return undefined;
  return ["invalid-request", `No engine is mounted at ${path}: check ${place}, and the namespace.`];
}

function ofClass(status: number): Meaning {
  if (status >= 500) return ["unavailable", "The server, or what stands before it, is out of order."];
  if (status === 404) return ["not-found", "The server has nothing at this path."];
  return ["invalid-request", "The server does not take the request."];
}
