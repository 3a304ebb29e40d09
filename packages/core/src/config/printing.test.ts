import { Console } from "node:console";
import { Writable } from "node:stream";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { memorySource } from "../built-in/memory-source.ts";
import { createSecrets } from "../client/create-secrets.ts";
import { env, loadConfig, secret } from "./index.ts";

const canary = "cnry-5e1f-hunter2";

const config = await loadConfig(
  {
    database: secret("db", z.object({ password: z.string() })),
    nested: { key: secret("key", { as: "bytes" }), list: [secret("over", { env: "OVER" })] },
    port: env("PORT"),
  },
  {
    secrets: createSecrets({ source: memorySource({ db: `{"password":"${canary}"}`, key: canary }) }),
    env: { OVER: canary, PORT: "8080" },
  },
);

function printed(print: (to: Console) => void): string {
  let text = "";
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  print(new Console({ stdout: stream }));
  return text;
}

describe("a config", () => {
  test.each([
    ["console.log", printed((to) => to.log(config))],
    ["console.log with a format", printed((to) => to.log("%s %o %O %j", config, config, config, config))],
    ["console.table", printed((to) => to.table(config))],
    ["console.table of a list", printed((to) => to.table(config.nested.list))],
    ["console.dir", printed((to) => to.dir(config, { depth: null, showHidden: true }))],
    ["inspect without custom printers", inspect(config, { depth: null, customInspect: false, showHidden: true })],
    ["JSON", JSON.stringify(config)],
    ["a structured clone", inspect(structuredClone(config), { depth: null, showHidden: true })],
    ["a spread", inspect({ ...config, ...config.nested }, { depth: null })],
    ["a template", `${config} ${config.database} ${config.nested.list}`],
  ])("gives no secret away in %s", (_, text) => {
    expect(text.length).toBeGreaterThan(5);
    expect(text).not.toContain("cnry");
    expect(text).not.toContain(Buffer.from(canary).toString("base64"));
    expect(text).not.toContain("63 6e 72 79");
    expect(text).not.toContain("99, 110, 114");
  });

  test("shows its structure and its variables", () => {
    expect(JSON.parse(JSON.stringify(config))).toEqual({
      database: "[secret db: call reveal()]",
      nested: { key: "[secret key: call reveal()]", list: ["[secret over: call reveal()]"] },
      port: "8080",
    });
    expect(inspect(config)).toContain("list: [ [secret over: call reveal()] ]");
  });

  test("has them all the same", () => {
    expect(config.database.reveal().password).toBe(canary);
    expect(Buffer.from(config.nested.key.reveal()).toString()).toBe(canary);
    expect(config.nested.list[0].reveal()).toBe(canary);
  });
});
