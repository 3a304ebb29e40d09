import type { IncomingMessage } from "node:http";

/**
 * The body of an answer, as long as it is at most so long.
 *
 * @returns `too-long`, or `cut-off` where the connection ended before the body did.
 */
export function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | "too-long" | "cut-off"> {
  return new Promise((settle) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        settle("too-long");
        incoming.destroy();
      } else chunks.push(chunk);
    });
    incoming.once("end", () => settle(incoming.complete ? Buffer.concat(chunks, length) : "cut-off"));
    incoming.once("error", () => settle("cut-off"));
    incoming.once("close", () => settle("cut-off"));
  });
}
