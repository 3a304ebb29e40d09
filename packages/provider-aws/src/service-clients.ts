import { ClearText } from "./clear-text.ts";
import type { OwnClient } from "./own-client.ts";
import { RegionClients } from "./region-clients.ts";

/** Who asks a service, in whichever region. */
export interface ServiceClients<Methods> {
  /** The client that asks a region, by default the home region. */
  of(region: string | undefined): Promise<Methods>;
  /** True where the client of the home region is the one for this region. */
  isHome(region: string | undefined): Promise<boolean>;
  /** The name of the home region, where it is known. */
  homeRegion(): Promise<string | undefined>;
  close(): void;
  /** Whether their requests leave the machine without encryption. */
  readonly clearText: ClearText;
}

/** A client that was handed in, whatever the region. What it does is its maker's matter. */
export function givenClient<Methods>(client: Methods): ServiceClients<Methods> {
  return {
    of: async () => client,
    isHome: async () => true,
    homeRegion: async () => undefined,
    close: () => {},
    clearText: new ClearText(),
  };
}

export function ownClients<Methods>(
  make: (clearText: ClearText, region?: string) => Methods & OwnClient,
): ServiceClients<Methods> {
  const clearText = new ClearText();
  const clients = new RegionClients((region) => make(clearText, region));
  return {
    of: (region) => clients.of(region),
    isHome: (region) => clients.isHome(region),
    homeRegion: () => clients.homeRegion(),
    close: () => clients.close(),
    clearText,
  };
}
