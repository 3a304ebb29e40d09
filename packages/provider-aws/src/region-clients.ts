/** A client that we made, and close. */
export interface OwnClient {
  /** The region that it was given, or found. Rejects where there is none. */
  region(): Promise<string>;
  destroy(): void;
}

/** Clients of one service, each made when it is first needed: that of the home region, and one for each other region. */
export class RegionClients<Client extends OwnClient> {
  readonly #make: (region?: string) => Promise<Client>;
  readonly #clients = new Map<string | undefined, Promise<Client>>();
  #closed = false;

  constructor(make: (region?: string) => Promise<Client>) {
    this.#make = make;
  }

  /** The client for a region; without one, or for the home region itself, that of the home region. */
  async of(region: string | undefined): Promise<Client> {
    return this.#at(region === undefined || (await this.#isHome(region)) ? undefined : region);
  }

  async #isHome(region: string): Promise<boolean> {
    const home = await this.#at(undefined);
    // Where the program has no region of its own, every ARN has one.
    return (await home.region().catch(() => undefined)) === region;
  }

  #at(region: string | undefined): Promise<Client> {
    const known = this.#clients.get(region);
    if (known !== undefined) return known;
    const client = this.#make(region);
    this.#clients.set(region, client);
    // A client that came into being during the close is closed by whoever made it.
    client.then(
      (made) => this.#closed && made.destroy(),
      () => this.#clients.delete(region),
    );
    return client;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const clients = await Promise.allSettled(this.#clients.values());
    for (const client of clients) if (client.status === "fulfilled") client.value.destroy();
  }
}
