import type { AsyncLocalStorage } from "node:async_hooks";
import type { Entry } from "./entry.ts";

/** A new version is before the gates; whoever asks for the entry from within a gate must not wait for that. */
interface Vetting {
  readonly entry: Entry;
  readonly outer: Vetting | undefined;
  isOver: boolean;
}

let storage: AsyncLocalStorage<Vetting> | undefined;
let underWay = 0;

export async function whileVetting<T>(entry: Entry, run: () => Promise<T>): Promise<T> {
  // Loaded on first use: most programs have no gates, and pay nothing for it.
  storage ??= new (process.getBuiltinModule("node:async_hooks").AsyncLocalStorage)<Vetting>();
  const vetting: Vetting = { entry, outer: storage.getStore(), isOver: false };
  underWay += 1;
  try {
    return await storage.run(vetting, run);
  } finally {
    vetting.isOver = true;
    underWay -= 1;
  }
}

/** True within a gate that is judging a version of this entry. */
export function isVetting(entry: Entry): boolean {
  if (underWay === 0) return false;
  for (let vetting = storage?.getStore(); vetting !== undefined; vetting = vetting.outer) {
    if (vetting.entry === entry && !vetting.isOver) return true;
  }
  return false;
}
