import { type } from "arktype";
import * as v from "valibot";
import { z } from "zod";
import { loadConfig, secret } from "../src/config/index.ts";
import { failureCodes, type libraryCodes } from "../src/errors/error-code.ts";
import {
  configureSecrets,
  createSecrets,
  isSecretsError,
  memorySource,
  type Secrets,
  type SecretsErrorCode,
} from "../src/index.ts";
import { virtualClock } from "../src/testing/index.ts";
import { forgetDefault } from "./forget-default.ts";
import { canary, canaryBytes, type Drive } from "./leak-harness.ts";
import { driveLeases } from "./leak-rows-leases.ts";
import { outcomeOf } from "./leak-rows-root.ts";
import { driveVerify } from "./leak-rows-rotation.ts";
import { within } from "./outcomes.ts";
import { schemaThat } from "./schema-that.ts";
import { hangs, scriptedSource } from "./scripted-source.ts";

const native = Object.assign(new Error(canary), {
  name: canary,
  code: canary,
  status: 403,
  requestId: `${canary}-r`,
  request: { headers: { authorization: canary } },
  response: { body: canary },
  cause: new Error(canary),
});

/** The errors of this code that came out; fails where there is none, since then the row shows nothing. */
function ofCode(code: SecretsErrorCode, outcomes: readonly unknown[]): unknown[] {
  const matching = outcomes.filter((one) => isSecretsError(one) && one.code === code);
  if (matching.length === 0) throw new Error(`nothing failed with ${code}`);
  return [...outcomes];
}

/** Returned, and thrown and classified. */
function fromSource(code: (typeof failureCodes)[number]): Drive {
  return async () => {
    const clock = virtualClock();
    const answer = { failure: code, native, payload: canary, message: canary, body: { password: canary } };
    const classify = () => ({ ...answer });
    const sources = {
      returned: scriptedSource(() => Promise.resolve(answer), { clock }),
      thrown: scriptedSource(() => Promise.reject(native), { clock, classify }),
    };
    const secrets = createSecrets({ sources, clock });
    const events: unknown[] = [];
    secrets.on((event) => void events.push(event));
    const read = (source: string) => within(clock, "20s", secrets.getSecret("db", { source }));
    const outcomes = [await outcomeOf(() => read("returned")), await outcomeOf(() => read("thrown"))];
    return [...ofCode(code, outcomes), ...events, secrets.status(), await secrets.close()];
  };
}

async function reads(secrets: Secrets, ...options: readonly object[]): Promise<unknown[]> {
  return Promise.all(options.map((one) => outcomeOf(() => secrets.getSecret("db", one))));
}

const quotes = (value: unknown) => {
  throw new Error(`${JSON.stringify(value)} is wrong`);
};

const byLibrary: Readonly<Record<(typeof libraryCodes)[number], Drive>> = {
  "decode-failed": async () => {
    const sources = { text: memorySource({ db: canary }), bytes: memorySource({ db: canaryBytes }) };
    const secrets = createSecrets({ sources });
    const broken = createSecrets({ source: memorySource({ db: `{"password": "${canary}` }) });
    return ofCode("decode-failed", [
      ...(await reads(secrets, { source: "text", as: "json" }, { source: "bytes" }, { source: "bytes", as: "text" })),
      ...(await reads(broken, { as: "json" }, { as: "json", field: "password" })),
    ]);
  },
  "validation-failed": async () => {
    const json = createSecrets({ source: memorySource({ db: JSON.stringify({ password: canary }) }) });
    const text = createSecrets({ source: memorySource({ db: canary }) });
    const issue = { message: canary, path: [canary, { key: canary }, Symbol(canary)], code: canary, type: canary };
    return ofCode("validation-failed", [
      ...(await reads(
        json,
        { schema: z.object({ password: z.number() }) },
        { schema: z.object({ password: z.literal("other") }) },
        { schema: v.object({ password: v.number() }) },
        { schema: type({ password: "number" }) },
        { schema: z.strictObject({}) },
      )),
      ...(await reads(
        text,
        { schema: z.string().max(3) },
        { schema: v.pipe(v.string(), v.maxLength(3)) },
        { schema: type("string <= 3") },
        { schema: z.string().transform(quotes) },
        { schema: schemaThat(quotes) },
        { schema: schemaThat(() => Promise.reject(new Error(canary))) },
        { schema: schemaThat(() => ({ issues: [issue] })) },
        { schema: schemaThat(() => ({ issues: canary })) },
        { schema: schemaThat(() => canary) },
      )),
    ]);
  },
  "invalid-config": async () => {
    const secrets = createSecrets({ source: memorySource({ db: canary }) });
    const items = {
      a: secret("db", z.number()),
      b: secret("db", { as: "json" }),
      c: secret("x", z.string().max(1), { env: "C" }),
    };
    return ofCode("invalid-config", [await outcomeOf(() => loadConfig(items, { secrets, env: { C: canary } }))]);
  },
  "invalid-options": async () => {
    const secrets = createSecrets({ source: memorySource({ db: canary }) });
    const getter = {
      get as() {
        throw new Error(canary);
      },
    };
    const odd = [
      { as: canary },
      { schema: { canary } },
      { version: canary },
      { maxAge: canary },
      { signal: canary },
      getter,
    ];
    return ofCode("invalid-options", await reads(secrets, ...odd));
  },
  "not-configured": async () => {
    forgetDefault();
    return ofCode("not-configured", [await outcomeOf(() => configureSecrets({ from: undefined }))]);
  },
  "unsupported-spec": async () => {
    const later = { ...memorySource({ db: canary }), specVersion: canary };
    return ofCode("unsupported-spec", [await outcomeOf(() => createSecrets({ source: later as never }))]);
  },
  "stale-limit": async () => {
    const clock = virtualClock();
    const source = scriptedSource([canary, (() => Promise.reject(native)) as never], {
      clock,
      classify: () => ({ failure: "unavailable", native }),
    });
    const secrets = createSecrets({ source, clock, ttl: "1m", maxStale: "1m" });
    const outcomes: unknown[] = [];
    secrets.on((event) => void outcomes.push(event));
    for (let minute = 0; minute < 4; minute += 1) {
      outcomes.push(await outcomeOf(() => within(clock, "1m", secrets.getSecret("db"))));
    }
    return ofCode("stale-limit", outcomes);
  },
  closed: async () => {
    const secrets = createSecrets({ source: scriptedSource([canary, hangs]) });
    await secrets.getSecret("db");
    const waiting = outcomeOf(() => secrets.getSecret("other"));
    await secrets.close();
    return ofCode("closed", [await waiting, ...(await reads(secrets, {}, { as: "json" }))]);
  },
  "verify-failed": async () => ofCode("verify-failed", await driveVerify()),
  "mint-budget-exhausted": driveLeases,
};

/** One row per error code. */
export const codeRows: Readonly<Record<string, Drive>> = {
  ...Object.fromEntries(failureCodes.map((code) => [code, fromSource(code)])),
  ...byLibrary,
};
