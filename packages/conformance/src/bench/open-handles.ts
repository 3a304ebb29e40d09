import { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Patience } from "./patience.ts";

type Counts = ReadonlyMap<string, number>;

/** What keeps the process from ending, by kind. A server's ends of its connections are the server's matter. */
export function openHandles(): Counts {
  const kinds = process.getActiveResourcesInfo().filter((kind) => !/^(?:TCP|TLS|Pipe)|^Immediate$/.test(kind));
  const sockets = activeHandles().filter((handle) => isClientSocket(handle));
  return countsOf([...kinds, ...sockets.map(() => "a connection")]);
}

/** What is open besides `before`, once everything that is just ending has ended. */
export async function newHandles(before: Counts, patience: Patience): Promise<string[]> {
  for (let round = 0; round < 20; round += 1) {
    await nextTurn();
    if (more(openHandles(), before).length === 0) return [];
    await patience.pass(round);
  }
  return more(openHandles(), before);
}

function more(now: Counts, before: Counts): string[] {
  return [...now].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind);
}

function countsOf(kinds: readonly string[]): Counts {
  return new Map([...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]));
}

// There is no other way to tell a client's end of a connection from the server's in one process.
function activeHandles(): readonly unknown[] {
  const { _getActiveHandles } = process as { _getActiveHandles?: () => unknown[] };
  return _getActiveHandles?.call(process) ?? [];
}

function isClientSocket(handle: unknown): boolean {
  return handle instanceof Socket && ((handle as { readonly server?: unknown }).server ?? null) === null;
}
