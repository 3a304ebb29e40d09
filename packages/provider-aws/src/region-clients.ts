import type { OwnClient } from "./own-client.ts";

/** Clients of one service, each made when it is first needed: that of the home region, and one for each other region. */
export class RegionClients<Client extends OwnClient> {
  readonly #make: (region?: string) => Promise<Client>;
  readonly #clients = new Map<string | undefined, Promise<Client>>();
  #closed = false;

  constructor(make: (region?: string) => Promise<Client>) {
    this.#make = make;
  }

  async of(region: string | undefined): Promise<Client> {
    return this.#at((await this.isHome(region)) ? undefined : region);
  }

  async isHome(region: string | undefined): Promise<boolean> {
    if (region === undefined) return true;
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
