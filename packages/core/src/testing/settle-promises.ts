import { setImmediate as realSetImmediate } from "node:timers";

// Kept from the moment of import: a runner's fake timers must neither stop this nor be touched by it.
const nextTurn = realSetImmediate;
const mostTurns = 100;

/**
 * Resolves when everything that hangs on promises alone has run: each turn of the event loop drains all microtasks,
 * and turns are added while somebody waits for the next one (`setImmediate`), up to 100. Real input and output is not
 * waited for.
 */
export async function settlePromises(): Promise<void> {
  for (let turns = 0; turns < mostTurns; turns++) {
    await new Promise((resolve) => nextTurn(resolve));
    if (!process.getActiveResourcesInfo().includes("Immediate")) return;
  }
}
