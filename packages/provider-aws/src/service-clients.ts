import type { AwsOptions } from "./aws-options.ts";
import { ClearText } from "./clear-text.ts";
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
  /** Whether their requests leave the machine without encryption. */
  readonly clearText: ClearText;
}

/** @param make Loads the SDK, on first use. */
export function serviceClients<Methods>(
  settings: ClientSettings<Methods>,
  make: (options: AwsOptions, clearText: ClearText, region?: string) => Promise<Methods & OwnClient>,
): ServiceClients<Methods> {
  const { client, aws } = settings;
  const clearText = new ClearText();
  // What a client that was handed in does is its maker's matter.
  if (aws === undefined) return { of: async () => client, isHome: async () => true, close: async () => {}, clearText };
  const clients = new RegionClients((region) => make(aws, clearText, region));
  return {
    of: (region) => clients.of(region),
    isHome: (region) => clients.isHome(region),
    close: () => clients.close(),
    clearText,
  };
}
