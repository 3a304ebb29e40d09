// Twenty secrets of 65,536 bytes each, every one of them escaped, have room in it.
const mostBytes = 16 * 1024 * 1024;

/** Gathers an answer in place of the SDK's own collector, which has no bound. */
export async function collectAnswer(stream: unknown): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > mostBytes) throw Object.assign(new Error("The answer is too long"), { name: "AnswerTooLong" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
