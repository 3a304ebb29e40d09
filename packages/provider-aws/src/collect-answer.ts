import type { Readable } from "node:stream";
import { awsDefaults } from "./defaults.ts";

/** Gathers an answer in place of the SDK's own collector, which has no bound. */
export function collectAnswer(stream: Readable): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    stream.on("data", (chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (size > awsDefaults.maxBytes)
        stream.destroy(Object.assign(new Error("The answer is too long"), { name: "AnswerTooLong" }));
      else chunks.push(chunk);
    });
    stream.once("end", () => resolve(Buffer.concat(chunks, size)));
    stream.once("error", reject);
    stream.once("close", () => {
      // Without a word, where the connection ended before the answer did. An error is dear to make, and every answer closes.
      if (!stream.readableEnded) reject(Object.assign(new Error("The answer was cut off"), { code: "ECONNRESET" }));
    });
  });
}
