import { expect, test } from "vitest";
import { readBounded } from "./read-bounded.ts";

type Read = (buffer: Uint8Array, offset: number, length: number, position: null) => Promise<unknown>;

/** A file of `size` bytes that gives at most `most` at a time, and says how much was asked of it. */
function fakeFile(size: number, most = Number.POSITIVE_INFINITY) {
  const reads: number[] = [];
  let left = size;
  const read: Read = async (buffer, _offset, length) => {
    reads.push(length);
    const bytesRead = Math.min(left, length, most);
    buffer.fill(size - left, 0, bytesRead);
    left -= bytesRead;
    return { bytesRead, buffer };
  };
  return { handle: { read } as unknown as Parameters<typeof readBounded>[0], reads };
}

const limits = (maxBytes: number, signal = new AbortController().signal) => ({ maxBytes, signal });

test.each([0, 1, 9, 10])("reads a file of %i bytes that is within the limit of 10", async (size) => {
  const { handle, reads } = fakeFile(size);
  expect((await readBounded(handle, size, limits(10)))?.length).toBe(size);
  expect(reads[0]).toBe(size + 1);
});

test("puts together what comes in pieces", async () => {
  const { handle } = fakeFile(5, 2);
  expect(await readBounded(handle, 5, limits(10))).toEqual(Uint8Array.from([0, 0, 2, 2, 4]));
});

test("reads a file that says it is empty and is not", async () => {
  expect((await readBounded(fakeFile(200_000).handle, 0, limits(200_000)))?.length).toBe(200_000);
});

test("stops one byte beyond the limit though the file grows on and on", async () => {
  const { handle, reads } = fakeFile(Number.MAX_SAFE_INTEGER);
  expect(await readBounded(handle, 3, limits(100_000))).toBeUndefined();
  expect(reads.reduce((sum, length) => sum + length)).toBe(100_001);
});

test("stops between two pieces after an abort", async () => {
  const controller = new AbortController();
  const { handle, reads } = fakeFile(5, 2);
  const outcome = readBounded(handle, 5, limits(10, controller.signal));
  controller.abort(new Error("enough"));
  await expect(outcome).rejects.toThrow("enough");
  expect(reads.length).toBe(1);
});
