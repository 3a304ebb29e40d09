import type { FileHandle } from "node:fs/promises";

const chunkBytes = 64 * 1024;

/** How much of a file is read, and for how long. */
export interface ReadLimits {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * All that an open file holds, or undefined where that is more than `maxBytes`. The size it had is only a first guess:
 * it may grow while it is read, and is read at most one byte beyond the limit.
 */
export async function readBounded(
  handle: Pick<FileHandle, "read">,
  sizeBytes: number,
  limits: ReadLimits,
): Promise<Uint8Array | undefined> {
  const { maxBytes, signal } = limits;
  const chunks: Uint8Array[] = [];
  let total = 0;
  let room = Math.min(sizeBytes, maxBytes) + 1;
  while (total <= maxBytes) {
    signal.throwIfAborted();
    const { bytesRead, buffer } = await handle.read(new Uint8Array(room), 0, room, null);
    if (bytesRead === 0) return joined(chunks, total);
    chunks.push(buffer.subarray(0, bytesRead));
    total += bytesRead;
    room = Math.min(chunkBytes, maxBytes - total + 1);
  }
  return undefined;
}

function joined(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(total);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
