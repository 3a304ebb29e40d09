import type { AwsOptions } from "./aws-options.ts";
import type { OwnClient } from "./own-client.ts";
import { RegionClients } from "./region-clients.ts";

/** A client that was handed in, or how to make our own. */
export type ClientSettings<Methods> =
  | { readonly client: Methods; readonly aws?: undefined }
  | { readonly client?: undefined; readonly aws: AwsOptions };

/** Who asks a service, in whichever region. */
export interface ServiceClients<Methods> {
  /** The client that asks a region, by default the home region. */
  of(region: string | undefined): Promise<Methods>;
  /** True where the client of the home region is the one for this region. */
  isHome(region: string | undefined): Promise<boolean>;
  close(): Promise<void>;
}

/** @param make Loads the SDK, on first use. */
export function serviceClients<Methods>(
  settings: ClientSettings<Methods>,
  make: (options: AwsOptions, region?: string) => Promise<Methods & OwnClient>,
): ServiceClients<Methods> {
  const { client, aws } = settings;
  if (aws === undefined) return { of: async () => client, isHome: async () => true, close: async () => {} };
  return new RegionClients((region) => make(aws, region));
}
