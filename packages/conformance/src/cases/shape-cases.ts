import type { FailureCode } from "@secretsource/core/source";
import { expectFailure, expectRecord, expectThat, fail } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";
import { callsOf } from "./calls-of.ts";

const codes: Readonly<Record<FailureCode, true>> = {
  "not-found": true,
  "version-not-found": true,
  "field-not-found": true,
  "access-denied": true,
  unauthenticated: true,
  throttled: true,
  unavailable: true,
  timeout: true,
  aborted: true,
  "invalid-request": true,
  disabled: true,
  deleted: true,
  "payload-corrupt": true,
  "decryption-failed": true,
  unsupported: true,
  unknown: true,
};

const foreign: readonly unknown[] = [
  new Error("something else"),
  new TypeError("x is not a function"),
  "text",
  undefined,
  null,
  7,
  {},
];

// Core would go on without the secret, or would ask a healthy store again and again and hide the mistake meanwhile.
const notForForeign: ReadonlySet<string> = new Set<FailureCode>([
  ...(["not-found", "version-not-found", "field-not-found", "deleted", "disabled"] as const),
  ...(["unavailable", "timeout", "throttled", "payload-corrupt"] as const),
]);

export const shapeCases: readonly ConformanceCase[] = [
  {
    id: "shape/source",
    says: "The source has the members of the contract's version 1, and a kind in kebab-case.",
    needs: [],
    async run({ source: { specVersion, kind, traits, batch } }) {
      expectThat(specVersion === 1, "`specVersion` is not 1");
      expectThat(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(kind), "`kind` is not in kebab-case");
      expectThat(traits.stages.includes("current"), "`traits.stages` lacks `current`");
      expectThat(batch === undefined || (Number.isInteger(batch.limit) && batch.limit > 0), "`batch.limit` is none");
    },
  },
  {
    id: "shape/record",
    says: "A record has a payload, texts where the contract has texts, and numbers where it has numbers.",
    needs: [],
    async run(bench) {
      const record = expectRecord(await bench.read(await bench.given()));
      const { payload, version, requestId, metadata = {}, warnings = [] } = record;
      expectThat(typeof payload === "string" || payload instanceof Uint8Array, "`payload` is neither text nor bytes");
      for (const [what, text] of Object.entries({ version, requestId })) {
        expectThat(text === undefined || (typeof text === "string" && text !== ""), `\`${what}\` is no text`);
      }
      for (const what of ["createdAt", "validFrom", "validUntil", "changesInMs", "ageMs"] as const) {
        expectThat(record[what] === undefined || Number.isFinite(record[what]), `\`${what}\` is no number`);
      }
      expectThat(Object.values(metadata).every(isText), "`metadata` is no map of texts");
      expectThat(Array.isArray(warnings) && warnings.every(isText), "`warnings` is no list of texts");
    },
  },
  {
    id: "shape/failure",
    says: "A failure has a code of the contract; its advice, if any, is text, and its native part holds identifiers.",
    needs: [],
    async run(bench) {
      const failure = expectFailure(await bench.read(await bench.absent()), Object.keys(codes) as FailureCode[]);
      const { advice = "", retryAfterMs = 0, native = {} } = failure;
      expectThat(isText(advice), "`advice` is no text");
      expectThat(Number.isFinite(retryAfterMs) && retryAfterMs >= 0, "`retryAfterMs` is no length of time");
      expectThat(native.status === undefined || Number.isInteger(native.status), "`native.status` is no whole number");
      for (const what of ["name", "code", "requestId"] as const) {
        const text: unknown = native[what] ?? "none";
        expectThat(isText(text) && text.length <= 128 && !/\s/.test(text), `\`native.${what}\` is no identifier`);
      }
    },
  },
  {
    id: "shape/classify",
    says: "`classify` names what it knows, at once and without throwing; what it does not know is no absence and no outage.",
    needs: [],
    async run(bench) {
      const { source } = bench;
      // Some load what tells errors apart with their first call.
      await bench.read(await bench.given());
      const asked = foreign.flatMap((error) => callsOf(source).map((call) => ({ error, call })));
      for (const { error, call } of asked) {
        const failure: unknown = source.classify(error, call);
        if (failure === undefined) continue;
        const code =
          typeof failure === "object" && failure !== null && "failure" in failure ? failure.failure : undefined;
        if (typeof code !== "string" || !(code in codes)) fail("`classify` gave what is no failure");
        expectThat(!notForForeign.has(code), `\`classify\` calls a foreign error \`${code}\``);
      }
    },
  },
];

function isText(value: unknown): value is string {
  return typeof value === "string";
}
