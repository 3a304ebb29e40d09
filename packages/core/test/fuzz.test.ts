import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { failureCodes } from "../src/errors/error-code.ts";
import { createSecrets, isSecretsError, type Secret } from "../src/index.ts";
import { virtualClock } from "../src/testing/index.ts";
import { schemaThat } from "./schema-that.ts";
import { answers, rejects, scriptedSource, throws } from "./scripted-source.ts";

const anything = fc.anything({ withTypedArray: true, withDate: true, withMap: true, withNullPrototype: true });
const text = fc.string({ unit: "binary" });

/** Each option, right or not. */
const options = fc.record(
  {
    schema: fc.oneof(
      fc.constantFrom<unknown>(
        z.string(),
        z.object({ a: z.number() }),
        schemaThat(() => ({ issues: [{}] })),
        schemaThat(throws(7)),
      ),
      anything,
    ),
    as: fc.oneof(fc.constantFrom("text", "json", "bytes"), anything),
    field: fc.oneof(fc.constantFrom("a", "__proto__", ""), text, anything),
    version: fc.oneof(
      fc.constantFrom("current", "previous"),
      fc.record({ id: text }),
      fc.record({ label: text }),
      anything,
    ),
    optional: fc.oneof(fc.boolean(), anything),
    signal: fc.oneof(fc.constantFrom(AbortSignal.abort(), new AbortController().signal), anything),
    maxAge: fc.oneof(fc.constantFrom("0s", "5m"), text, anything),
    refresh: fc.oneof(fc.boolean(), anything),
    source: fc.oneof(fc.constantFrom("scripted", "other"), anything),
  },
  { requiredKeys: [] },
);
const name = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: anything });
const payload = fc.oneof(text, fc.json(), fc.uint8Array(), fc.constantFrom('{"a":1}', '{"a":"b"}', "{"));
const reply = fc.oneof(
  payload.map((value) => answers({ payload: value })),
  fc.constantFrom(...failureCodes).map((failure) => answers({ failure })),
  anything.map(answers),
  anything.map(rejects),
  anything.map(throws),
);

test("whatever is asked, and whatever the source does, it is a secret, undefined or a SecretsError", async () => {
  const seen = { secrets: 0, errors: 0 };
  await fc.assert(
    fc.asyncProperty(name, fc.oneof(options, fc.constant(undefined), anything), reply, async (asked, given, act) => {
      const clock = virtualClock();
      const secrets = createSecrets({ source: scriptedSource(act, { clock }), clock });
      const read = secrets.getSecret(asked as string, given as object);
      const settled = read.then(
        (secret) => {
          seen.secrets += 1;
          if (secret === undefined) return;
          secret.reveal();
          expect(secret.name).toBe(asked);
        },
        (error: unknown) => {
          seen.errors += 1;
          if (!isSecretsError(error)) throw new Error("it was no SecretsError", { cause: error });
        },
      );
      await clock.advance("20s");
      await settled;
      clock.assertIdle();
      await secrets.close();
    }),
    { numRuns: 400 },
  );
  expect(seen.secrets).toBeGreaterThan(0);
  expect(seen.errors).toBeGreaterThan(0);
});

test("every well-formed name reaches the source as it is, and no other does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 20 }), async (names) => {
      const source = scriptedSource(({ ref }) => Promise.resolve({ payload: ref.name }));
      const secrets = createSecrets({ source });
      for (const one of names) {
        const found = await secrets.getSecret(one).catch((error: unknown) => error);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
        const good = one !== "" && one.isWellFormed() && !/[\u0000-\u001f\u007f-\u009f]/.test(one);
        expect(isSecretsError(found)).toBe(!good);
        if (good) expect((found as Secret<string>).reveal()).toBe(one);
      }
      expect(source.calls.every(({ ref }) => names.includes(ref.name))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("whatever the options of an instance, it is an instance or a SecretsError", () => {
  const source = fc.oneof(
    fc.constant(undefined).map(() => scriptedSource("value")),
    anything,
  );
  const given = fc.record(
    {
      source,
      sources: fc.oneof(fc.dictionary(text, source), anything),
      default: fc.oneof(text, anything),
      from: fc.oneof(fc.constantFrom("env:", "file:./x"), text, anything),
      schemes: fc.oneof(fc.array(anything), anything),
      ttl: fc.oneof(fc.constantFrom("1s", "5m"), anything),
      maxStale: fc.oneof(fc.constantFrom("0s", "5m"), anything),
      perSource: fc.oneof(fc.dictionary(text, anything), anything),
      clock: anything,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(given, anything), (options) => {
      try {
        createSecrets(options as never);
      } catch (error) {
        if (!isSecretsError(error)) throw new Error("it was no SecretsError", { cause: error });
      }
    }),
    { numRuns: 2000 },
  );
});
