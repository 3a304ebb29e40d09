import type { SourceFailure } from "@secretsource/core/source";
import { callAws, isFailure } from "./aws-call.ts";
import { listed } from "./listed.ts";
import { parameterStoreActions as actions } from "./parameter-store-actions.ts";
import type { ParameterStoreClients } from "./parameter-store-clients.ts";
import type { ParameterDescription } from "./parameter-store-methods.ts";

const mostPages = 10;

/**
 * The description of one parameter; an empty one where there is none. Also behind a page without any, which may have one
 * after it (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html, MaxResults).
 */
export async function describeParameter(
  clients: ParameterStoreClients,
  name: string,
  signal: AbortSignal,
): Promise<ParameterDescription | SourceFailure> {
  const input = { ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [name] }] };
  let token: string | undefined;
  for (let pages = 1; pages <= mostPages; pages += 1) {
    const page = await callAws(actions.describeParameters, signal, async (options) =>
      (await clients.of(undefined)).describeParameters(
        token === undefined ? input : { ...input, NextToken: token },
        options,
      ),
    );
    if (isFailure(page)) return page;
    const found = listed(page.Parameters).find(({ Name }) => Name === name);
    if (found !== undefined) return found;
    token = page.NextToken;
    if (!token) return {};
  }
  return noDescription;
}

const noDescription: SourceFailure = {
  failure: "unavailable",
  advice: `Parameter Store gave ${mostPages} pages without the parameter's description: try again, or go without \`expiryDates\`.`,
};
