import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "./database.ts";
import type { FollowingPool } from "./following-pool.ts";

export interface DatabaseWatch {
  /** Every user that was ever seen. */
  readonly users: ReadonlySet<string>;
  /** The most that there were at one time. */
  mostUsersAtOnce: number;
  /** How long after its credential was replaced the last connection of it was seen, ms; the longest of all. */
  longestDrainMs: number;
  readonly stop: () => Promise<void>;
}

/** Looks twice a second at who may log in, and at whose connections are open. The pools go by the name of their secret. */
export function watchDatabase(database: Database, pools: Readonly<Record<string, FollowingPool>>): DatabaseWatch {
  const users = new Set<string>();
  let isOver = false;

  async function look(): Promise<void> {
    const present = await database.madeUsers();
    for (const user of present) users.add(user);
    watch.mostUsersAtOnce = Math.max(watch.mostUsersAtOnce, present.length);
    const now = Date.now();
    for (const { pool, credential } of await database.connections()) {
      const replacedAt = pools[pool]?.since[credential + 1];
      if (replacedAt !== undefined) watch.longestDrainMs = Math.max(watch.longestDrainMs, now - replacedAt);
    }
  }

  const looking = (async () => {
    while (!isOver) {
      await look();
      await delay(500);
    }
  })();
  // Until somebody stops it, what went wrong waits.
  looking.catch(() => {});
  const watch: DatabaseWatch = {
    users,
    mostUsersAtOnce: 0,
    longestDrainMs: 0,
    async stop() {
      isOver = true;
      await looking;
    },
  };
  return watch;
}
