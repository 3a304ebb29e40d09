import type { OwnClient } from "./own-client.ts";

/** Clients of one service, each made when it is first needed: that of the home region, and one for each other region. */
export class RegionClients<Client extends OwnClient> {
  readonly #make: (region?: string) => Client;
  readonly #clients = new Map<string | undefined, Client>();
  #isClosed = false;

  constructor(make: (region?: string) => Client) {
    this.#make = make;
  }

  async of(region: string | undefined): Promise<Client> {
    return this.#at((await this.isHome(region)) ? undefined : region);
  }

  async isHome(region: string | undefined): Promise<boolean> {
    if (region === undefined) return true;
    return (await this.homeRegion()) === region;
  }

  /** Undefined where the program has no region of its own: then every ARN has one. */
  async homeRegion(): Promise<string | undefined> {
    return this.#at(undefined)
      .region()
      .catch(() => undefined);
  }

  #at(region: string | undefined): Client {
    const known = this.#clients.get(region);
    if (known !== undefined) return known;
    const client = this.#make(region);
    this.#clients.set(region, client);
    if (this.#isClosed) client.destroy();
    return client;
  }

  close(): void {
    this.#isClosed = true;
    for (const client of this.#clients.values()) client.destroy();
  }
}
