import { setTimeout as delay } from "node:timers/promises";

/** Requests without a pause, and what came of them. */
export class Traffic {
  /** The database users that have answered, in the order in which they came. */
  readonly users: string[] = [];
  answers = 0;
  failures = 0;
  unhealthy = 0;
  readonly #url: string;
  readonly #end = new AbortController();
  readonly #senders: readonly Promise<void>[];

  constructor(url: string) {
    this.#url = url;
    this.#senders = [...Array.from({ length: 4 }, () => this.#ask()), this.#lookAtHealth()];
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#senders);
  }

  async #ask(): Promise<void> {
    while (!this.#end.signal.aborted) {
      const user = await askForOrders(this.#url);
      if (user === undefined) this.failures += 1;
      else {
        this.answers += 1;
        if (!this.users.includes(user)) this.users.push(user);
      }
      await delay(5);
    }
  }

  async #lookAtHealth(): Promise<void> {
    for (; !this.#end.signal.aborted; await delay(100)) {
      const { ok } = await fetch(`${this.#url}/healthz`);
      if (!ok) this.unhealthy += 1;
    }
  }
}

/** The database user that has answered; undefined where there was no good answer. */
export async function askForOrders(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url}/orders`);
    const { user, orders } = (await answer.json()) as { user?: string; orders?: number };
    return orders === 7 ? user : undefined;
  } catch {
    return undefined;
  }
}
