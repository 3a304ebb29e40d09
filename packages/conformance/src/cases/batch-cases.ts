import type { SecretRef } from "@secretsource/core/source";
import type { Bench } from "../bench/bench.ts";
import { expectFailure, expectPayload, expectSame, expectThat, fail } from "../bench/expect.ts";
import { isFailure } from "../bench/outcome.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

const current = (name: string): SecretRef => ({ name, version: "current" });

export const batchCases: readonly ConformanceCase[] = [
  {
    id: "batch/one",
    says: "A batch of one secret is a batch.",
    needs: ["put", "batch"],
    async run(bench) {
      const [name, value] = [bench.name(), bench.value()];
      await bench.seed.put(name, value);
      expectPayload((await answersTo(bench, [current(name)]))[0], value);
    },
  },
  {
    id: "batch/order",
    says: "The answers stand in the order in which the secrets were asked for.",
    needs: ["put", "batch"],
    async run(bench) {
      const values = await seeded(bench, ["c", "a", "b"]);
      const answers = await answersTo(bench, [...values.keys()].map(current));
      [...values.values()].forEach((value, index) => {
        expectPayload(answers[index], value, `answer ${index}`);
      });
    },
  },
  {
    id: "batch/one-name-twice",
    says: "Two versions of one secret in one batch are two answers.",
    needs: ["put", "batch", "previous"],
    async run(bench) {
      const [name, first, second] = [bench.name(), bench.value("first"), bench.value("second")];
      await bench.seed.put(name, first);
      await bench.seed.put(name, second);
      const answers = await answersTo(bench, [current(name), { name, version: "previous" }]);
      expectPayload(answers[0], second, "the answer for `current`");
      expectPayload(answers[1], first, "the answer for `previous`");
    },
  },
  {
    id: "batch/absent-item",
    says: "An absent secret is `not-found` in its place, and spoils no other answer.",
    needs: ["put", "batch"],
    async run(bench) {
      const [[first = "", value = ""] = [], [last = "", other = ""] = []] = await seeded(bench, ["a", "c"]);
      const answers = await answersTo(bench, [first, await bench.absent(bench.name("b")), last].map(current));
      expectPayload(answers[0], value, "the first answer");
      expectFailure(answers[1], ["not-found"], "the answer for the absent secret");
      expectPayload(answers[2], other, "the last answer");
    },
  },
  {
    id: "batch/denied-item",
    says: "A secret that may not be read is `access-denied` in its place, and spoils no other answer.",
    needs: ["put", "batch", "deny"],
    async run(bench) {
      const [[first = "", value = ""] = [], [denied = ""] = []] = await seeded(bench, ["a", "b"]);
      await bench.seed.deny(denied);
      const answers = await answersTo(bench, [first, denied].map(current));
      expectPayload(answers[0], value, "the answer for the other secret");
      expectFailure(answers[1], ["access-denied"], "the answer for the denied secret");
    },
  },
  {
    id: "batch/denied",
    says: "A batch that is refused as such is one `access-denied`, not a list, so that core can do without it.",
    needs: ["put", "batch", "denyBatch"],
    async run(bench) {
      const names = [...(await seeded(bench, ["a", "b"])).keys()];
      await bench.seed.denyBatch();
      expectFailure(await bench.readBatch(names.map(current)), ["access-denied"], "the batch");
    },
  },
  {
    id: "batch/worth-it",
    says: "Plain secrets are answered by the batch itself and not all sent away as `alone`.",
    needs: ["put", "batch"],
    async run(bench) {
      const names = [...(await seeded(bench, ["a", "b"])).keys()];
      const answers = listOf(await bench.readBatch(names.map(current)));
      expectThat(
        answers.some((answer) => answer !== "alone"),
        "the batch answered nothing itself",
      );
    },
  },
  {
    id: "batch/fewer-requests",
    says: "A batch costs fewer requests than it answers secrets.",
    needs: ["put", "batch", "requests"],
    async run(bench) {
      const names = [...(await seeded(bench, ["a", "b"])).keys()];
      // The first one may look around.
      await bench.readBatch(names.map(current));
      const { all } = await bench.requestsOf(() => bench.readBatch(names.map(current)));
      expectThat(all < names.length, `${names.length} secrets cost ${all} requests`);
    },
  },
  {
    id: "batch/borders",
    says: "One secret, `limit` of them and one more, and one of them twice, all arrive when asked for in one turn.",
    needs: ["put", "batch"],
    async run(bench) {
      const limit = bench.source.batch?.limit ?? fail("the source promises `batch` and has none");
      for (const count of new Set([1, limit, limit + 1])) {
        const labels = Array.from({ length: count }, (_, index) => `${count}-${String(index).padStart(3, "0")}`);
        const values = await seeded(bench, labels);
        const secrets = await bench.instance();
        const names = [...values.keys(), ...[...values.keys()].slice(0, 1)];
        const got = Promise.all(names.map((name) => secrets.getSecret(name)));
        for (const [index, secret] of (await bench.patience.within("getSecret()", got)).entries()) {
          expectThat(secret.reveal() === values.get(names[index] ?? ""), `answer ${index} of ${count} is another's`);
        }
      }
    },
  },
];

/** Puts secrets under these labels. Values by name, in order. */
async function seeded(bench: Bench, labels: readonly string[]): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  for (const label of labels) {
    const [name, value] = [bench.name(label), bench.value(label)];
    await bench.seed.put(name, value);
    values.set(name, value);
  }
  return values;
}

function listOf(answers: Awaited<ReturnType<Bench["readBatch"]>>) {
  return isFailure(answers) ? fail(`the batch gave the failure \`${answers.failure}\``) : answers;
}

/** The answers as core would have them: what is `alone` is read. */
async function answersTo(bench: Bench, refs: readonly SecretRef[]) {
  const answers = listOf(await bench.readBatch(refs));
  expectSame(answers.length, refs.length, "the number of answers");
  return Promise.all(
    answers.map((answer, index) => {
      const { name, version } = refs[index] ?? fail("more answers than refs");
      return answer === "alone" ? bench.read(name, version) : answer;
    }),
  );
}
