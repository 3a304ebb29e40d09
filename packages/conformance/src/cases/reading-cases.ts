import { bytesOf, expectPayload, expectRecord, expectSame, expectThat, fail } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

const json = '{"b": 1,\t"a": {"amount": 12345678901234567890.10, "none": null, "list": [true, "\\u00e9"]}, "b2": 1e2}';
const blanks = "  between blanks and line ends \t\r\n\n";
const twoDaysMs = 2 * 24 * 60 * 60 * 1000;

export const readingCases: readonly ConformanceCase[] = [
  {
    id: "reading/text",
    says: "A text comes back as it was put.",
    needs: ["put"],
    async run(bench) {
      const [name, value] = [bench.name(), bench.value("text")];
      await bench.seed.put(name, value);
      expectPayload(await bench.read(name), value);
    },
  },
  {
    id: "reading/json",
    says: "A JSON text comes back character by character: order, blanks and digits are those that were put.",
    needs: ["put"],
    async run(bench) {
      const name = bench.name();
      await bench.seed.put(name, json);
      expectPayload(await bench.read(name), json);
    },
  },
  {
    id: "reading/blanks",
    says: "Blanks and line ends at the beginning and the end of a value are part of it.",
    needs: ["put"],
    async run(bench) {
      const name = bench.name();
      await bench.seed.put(name, blanks);
      expectPayload(await bench.read(name), blanks);
    },
  },
  {
    id: "reading/empty",
    says: "An empty value is a record without content, not an absence.",
    needs: ["put", "empty-values"],
    async run(bench) {
      const name = bench.name();
      await bench.seed.put(name, "");
      expectPayload(await bench.read(name), "");
    },
  },
  {
    id: "reading/newest",
    says: "After a change, the next read that goes past caches gives the new value.",
    needs: ["put"],
    async run(bench) {
      const [name, first, second] = [bench.name(), bench.value("first"), bench.value("second")];
      await bench.seed.put(name, first);
      expectPayload(await bench.read(name), first, "the read before the change");
      await bench.seed.put(name, second);
      expectPayload(await bench.read(name), second, "the read after the change");
    },
  },
  {
    id: "reading/lasting",
    says: "A value that the store has chosen is the same at each read, until the store chooses another.",
    needs: ["rotate"],
    async run(bench) {
      const name = bench.name();
      await bench.seed.rotate(name);
      const { payload } = expectRecord(await bench.read(name), "the first read");
      expectPayload(await bench.read(name), payload, "the second read");
    },
  },
  {
    id: "reading/rotated",
    says: "After the store has chosen another value, the next read that goes past caches gives another.",
    needs: ["rotate"],
    async run(bench) {
      const name = bench.name();
      const seen = new Set<string>();
      for (let rotation = 0; rotation < 3; rotation += 1) {
        await bench.seed.rotate(name);
        seen.add(bytesOf(expectRecord(await bench.read(name)).payload).toString("latin1"));
      }
      expectSame(seen.size, 3, "different values after three rotations");
    },
  },
  {
    id: "reading/asks-each-time",
    says: "Two reads of one secret are two requests to the store: the cache is core's.",
    needs: ["requests"],
    async run(bench) {
      const name = await bench.given();
      expectRecord(await bench.read(name));
      const { values } = await bench.requestsOf(() => bench.read(name));
      expectThat(values > 0, "the second read did not reach the store");
    },
  },
  {
    id: "reading/never-torn",
    says: "While a secret changes, a read gives all of the one value or all of the other.",
    needs: ["put"],
    async run(bench) {
      const name = bench.name();
      const pair = (round: number) => JSON.stringify({ username: `user-${round}`, password: `user-${round}` });
      await bench.seed.put(name, pair(0));
      for (let round = 1; round <= 10; round += 1) {
        const reading = bench.read(name);
        await turns(round - 1);
        await bench.seed.put(name, pair(round));
        const text = bytesOf(expectRecord(await reading).payload).toString("utf8");
        const { username, password } = JSON.parse(text) as { username: string; password: string };
        expectThat(username === password, "the fields of one record are of two versions");
      }
    },
  },
  {
    id: "reading/times",
    says: "Times in a record are epoch milliseconds, lengths of time are milliseconds of at least 0.",
    needs: [],
    async run(bench) {
      const { createdAt, changesInMs, ageMs, lease } = expectRecord(await bench.read(await bench.given()));
      if (createdAt !== undefined && !(Math.abs(bench.patience.now() - createdAt) < twoDaysMs)) {
        fail("`createdAt` of a secret that was just made is more than two days away");
      }
      for (const [what, length] of Object.entries({ changesInMs, ageMs, "lease.ttlMs": lease?.ttlMs })) {
        expectThat(length === undefined || length >= 0, `\`${what}\` is not a length of time`);
      }
    },
  },
];

/** So that a change falls into each of the moments in which a read may be. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}
