import type { SourceFailure } from "@secretsource/core/source";
import { callAws, isFailure, requestIdOf } from "./aws-call.ts";
import { awsDefaults } from "./defaults.ts";
import { parameterStoreActions as actions } from "./parameter-store-actions.ts";
import type { ParameterStoreClients } from "./parameter-store-clients.ts";
import type { ParameterValue } from "./parameter-store-methods.ts";

/** What one pass over a tree has seen. */
export interface TreePass {
  /** Sorted by name. */
  readonly parameters: readonly TreeParameter[];
  /** Names and versions, in one text to compare. */
  readonly versions: string;
  readonly pages: number;
  readonly requestId: string | undefined;
}

interface TreeParameter {
  readonly name: string;
  readonly value: string;
  readonly modifiedAt: number;
  readonly mark: string;
}

// The service holds 100,000 parameters of a region.
const mostPages = 10_000;

/** All pages, one after the other: a page that fails fails the pass. */
export async function readTreeOnce(
  clients: ParameterStoreClients,
  path: string,
  signal: AbortSignal,
): Promise<TreePass | SourceFailure> {
  const parameters: TreeParameter[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  for (let pages = 1; pages <= mostPages; pages += 1) {
    const input = { Path: path, Recursive: true, WithDecryption: true, MaxResults: awsDefaults.parametersAtOnce };
    const page = await callAws(actions.getParametersByPath, signal, async (options) =>
      (await clients.of(undefined)).getParametersByPath(
        token === undefined ? input : { ...input, NextToken: token },
        options,
      ),
    );
    if (isFailure(page)) return page;
    if (!Array.isArray(page.Parameters)) return notTheService;
    const found = (page.Parameters as readonly (ParameterValue | null)[]).map((one) => treeParameter(one ?? {}, path));
    if (found.includes(undefined)) return notTheService;
    parameters.push(...(found as TreeParameter[]));
    // A page without parameters may have one after it.
    if (page.NextToken === undefined || page.NextToken === "") return passOf(parameters, pages, requestIdOf(page));
    token = page.NextToken;
    if (seen.has(token)) return notTheService;
    seen.add(token);
  }
  return notTheService;
}

function passOf(found: readonly TreeParameter[], pages: number, requestId: string | undefined): TreePass {
  // Where something was added or removed meanwhile, a parameter may be on two pages.
  const parameters = [...new Map(found.map((one) => [one.name, one])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const again = found.length - parameters.length;
  return { parameters, versions: `${again} ${parameters.map(({ mark }) => mark).join(" ")}`, pages, requestId };
}

function treeParameter(
  { Name, Value, Version, LastModifiedDate }: ParameterValue,
  path: string,
): TreeParameter | undefined {
  if (typeof Name !== "string" || typeof Value !== "string" || !Number.isSafeInteger(Version)) return undefined;
  if (path !== "/" && !Name.startsWith(`${path}/`)) return undefined;
  const modifiedAt = LastModifiedDate?.getTime() ?? Number.NaN;
  // The date as well: a parameter that was deleted and made again begins at 1.
  return { name: Name, value: Value, modifiedAt, mark: `${Name}:${Version}:${modifiedAt}` };
}

const notTheService: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer is none of Parameter Store's: does something else answer at the endpoint?",
};
