import nodeVault from "node-vault";

/** Its options are typed as anything; these are the ones that are given. */
export function makeNodeVault(options: object): { request(request: object): Promise<unknown> } {
  return nodeVault(options) as { request(request: object): Promise<unknown> };
}
