import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { afterEach, describe, expect, it } from "vitest";
import config from "../dependency-cruiser.config.ts";

const src = "packages/core/src";
let project: string | undefined;

afterEach(() => {
  if (project !== undefined) rmSync(project, { recursive: true });
  project = undefined;
});

/** The rules broken by a project of these files; paths inside the core's sources unless they say otherwise. */
async function broken(files: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "import-rules-"));
  project = folder;
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, /^(?:packages|tools)[/]/.test(path) ? path : `${src}/${path}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const { tsConfig: _, ...options } = config.options ?? {};
  const ruleSet = { forbidden: config.forbidden ?? [] };
  const result = await cruise(["packages"], { ...options, ruleSet, validate: true, baseDir: folder });
  return (result.output as ICruiseResult).summary.violations.map((violation) => violation.rule.name).sort();
}

const leaf = "export const x = 1;\n";

describe("import rules", () => {
  it("let a folder import from itself and from below", async () => {
    const files = {
      "errors/a.ts": leaf,
      "time/b.ts": `import "../errors/a.ts";`,
      "client/c.ts": `import "../time/b.ts";\nimport "./d.ts";`,
      "client/d.ts": leaf,
    };
    expect(await broken(files)).toEqual([]);
  });

  it.each([
    ["from above", { "time/a.ts": `import "../client/b.ts";`, "client/b.ts": leaf }, "floor-of-time"],
    ["from the same height", { "fetch/a.ts": `import "../cache/b.ts";`, "cache/b.ts": leaf }, "floor-of-fetch"],
    [
      "a type from above",
      { "util/a.ts": `import type { X } from "../time/b.ts";\nexport type Y = X;`, "time/b.ts": "export type X = 1;" },
      "floor-of-util",
    ],
    ["the root entry", { "client/a.ts": `import "../index.ts";`, "index.ts": leaf }, "floor-of-client"],
    ["what tests use", { "client/a.ts": `import "../testing/b.ts";`, "testing/b.ts": leaf }, "floor-of-client"],
    ["config from the root", { "index.ts": `import "./config/b.ts";`, "config/b.ts": leaf }, "root-entry-stays-small"],
    [
      "a folder off the plan",
      { "index.ts": `import "./helpers/b.ts";`, "helpers/b.ts": leaf },
      "folder-without-a-floor",
    ],
    ["a Node module off the list", { "util/a.ts": `import "node:child_process";` }, "core-builtins"],
    ["what is not there", { "util/a.ts": `import "./missing.ts";` }, "imports-resolve"],
    ["a test", { "util/a.ts": `import "./b.test.ts";`, "util/b.test.ts": leaf }, "no-tests-in-the-product"],
  ])("refuse %s", async (_, files, rule) => {
    expect(await broken(files)).toEqual([rule]);
  });

  it("refuse a cycle", async () => {
    const files = { "util/a.ts": `import "./b.ts";`, "util/b.ts": `import "./a.ts";` };
    expect(await broken(files)).toEqual(["no-cycles"]);
  });

  it.each([
    ["left-pad", "util", ["core-packages"]],
    ["left-pad", "otel", ["core-packages-of-otel"]],
    ["@opentelemetry/api", "util", ["core-packages"]],
    ["@opentelemetry/api", "otel", []],
    ["lru-cache", "util", []],
  ])("judge the package %s in %s/", async (name, folder, rules) => {
    const files = {
      [`${folder}/a.ts`]: `import "${name}";`,
      [`packages/core/node_modules/${name}/package.json`]: `{ "name": "${name}", "main": "index.js" }`,
      [`packages/core/node_modules/${name}/index.js`]: leaf,
    };
    expect(await broken(files)).toEqual(rules);
  });

  it("refuse a way into another package past its entries", async () => {
    const files = {
      "errors/a.ts": leaf,
      "index.ts": `export { x } from "./errors/a.ts";`,
      "packages/other/src/good.ts": `import "../../core/src/index.ts";`,
      "packages/other/src/bad.ts": `import "../../core/src/errors/a.ts";`,
    };
    expect(await broken(files)).toEqual(["no-back-doors"]);
  });

  describe("of a provider", () => {
    const aws = "packages/provider-aws";
    const installed = (name: string) => ({
      [`${aws}/node_modules/${name}/package.json`]: `{ "name": "${name}", "main": "index.js" }`,
      [`${aws}/node_modules/${name}/index.js`]: leaf,
    });
    const sdk = "@aws-sdk/client-ssm";
    const sdkFile = { [`${aws}/src/x-sdk.ts`]: `import "${sdk}";\nexport const x = 1;`, ...installed(sdk) };

    it("let it import the contract and its kit, and its SDK when it is needed", async () => {
      const files = {
        "source-kit/index.ts": leaf,
        "source/index.ts": leaf,
        [`${aws}/src/a.ts`]: `import "../../core/src/source/index.ts";\nimport "../../core/src/source-kit/index.ts";`,
        [`${aws}/src/b.ts`]: `export const load = () => [import("./x-sdk.ts"), import("./x-calls.ts")];`,
        [`${aws}/src/y-sdk.ts`]: `import "${sdk}";\nimport "./x-calls.ts";`,
        [`${aws}/src/x-calls.ts`]: leaf,
        ...sdkFile,
      };
      expect(await broken(files)).toEqual([]);
    });

    it.each([
      [
        "another entry of the core",
        { "a.ts": `import "../../core/src/testing/index.ts";` },
        "provider-entries-of-core",
      ],
      ["its SDK at once", { "a.ts": `import "./x-sdk.ts";` }, "sdks-on-first-use"],
      ["its SDK anywhere else", { "a.ts": `export const load = () => import("${sdk}");` }, "sdks-in-their-files"],
      ["a package off the list", { "y-sdk.ts": `import "left-pad";` }, "packages-of-provider-aws"],
      ["what its calls need at once", { "a.ts": `import "./x-calls.ts";`, "x-calls.ts": leaf }, "calls-on-first-use"],
    ])("refuse %s", async (_, files, rule) => {
      const sources = Object.entries(files).map(([path, text]) => [`${aws}/src/${path}`, text]);
      const others = { "index.ts": leaf, "testing/index.ts": leaf, ...sdkFile, ...installed("left-pad") };
      expect(await broken({ ...Object.fromEntries(sources), ...others })).toEqual([rule]);
    });

    it("refuse a file of ours beside an SDK, where the two would share a file", async () => {
      const other = "packages/provider-x/src";
      const files = { [`${other}/y-sdk.ts`]: `import "./defaults.ts";`, [`${other}/defaults.ts`]: leaf };
      expect(await broken(files)).toEqual(["sdk-files-are-leaves"]);
    });

    it("refuse an SDK of one that has no list", async () => {
      const files = {
        "packages/provider-x/src/x-sdk.ts": `import "left-pad";`,
        "packages/provider-x/node_modules/left-pad/package.json": `{ "name": "left-pad", "main": "index.js" }`,
        "packages/provider-x/node_modules/left-pad/index.js": leaf,
      };
      expect(await broken(files)).toEqual(["provider-without-a-list"]);
    });
  });

  it.each([
    ["test/server.servers.test.ts", "index", []],
    ["test/server.servers.test.ts", "places", ["servers-by-their-entry"]],
    ["src/server.ts", "index", ["servers-for-tests-alone"]],
  ])("let tests alone start servers, by their entry: %s, %s", async (path, file, rules) => {
    const files = {
      [`packages/other/${path}`]: `import "../../../tools/servers/${file}.ts";`,
      [`tools/servers/${file}.ts`]: leaf,
    };
    expect(await broken(files)).toEqual(rules);
  });

  it("let a test import from anywhere", async () => {
    const files = { "util/a.test.ts": `import "../testing/b.ts";`, "testing/b.ts": leaf };
    expect(await broken(files)).toEqual([]);
  });
});
