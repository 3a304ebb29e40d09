import { awsDefaults } from "./defaults.ts";

/** Gathers an answer in place of the SDK's own collector, which has no bound. */
export async function collectAnswer(stream: unknown): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > awsDefaults.maxBytes)
      throw Object.assign(new Error("The answer is too long"), { name: "AnswerTooLong" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
