import { describe, expect, it } from "vitest";
import { checkCode } from "./check-code.ts";
import { checkCommands } from "./check-commands.ts";
import { checkLinks } from "./check-links.ts";
import { readMarkdown } from "./markdown.ts";

const page = (...lines: string[]) => readMarkdown(lines.join("\n"));
const codeOf = (...lines: string[]) => checkCode(new Map([["docs/a.md", page(...lines)]]));

describe("code on a page", () => {
  it("is checked against the sources, and the page's line is named", () => {
    const findings = codeOf(
      "# Title",
      "```ts",
      `import type { Stage } from "@secretsource/core/source";`,
      `const stage: Stage = "next";`,
      "```",
      "```ts",
      `const fine: number = 1;`,
      "```",
    );
    expect(findings).toEqual([{ at: "docs/a.md:4", what: expect.stringContaining("TS2322") }]);
  });

  it("may continue the block before, and lean on what a comment declares", () => {
    const first = [
      "<!-- ts: declare function connect(text: string): void; -->",
      "```ts",
      "const a: string = 'x';",
      "```",
    ];
    expect(codeOf(...first, "```ts continues", "connect(a);", "```")).toEqual([]);
    expect(codeOf(...first, "```ts", "connect(a);", "```").map(({ at }) => at)).toEqual(["docs/a.md:6", "docs/a.md:6"]);
  });

  it("must parse", () => {
    expect(codeOf("```ts", "const = ;", "```")[0]?.at).toBe("docs/a.md:2");
  });
});

describe("links on a page", () => {
  const linksOf = (...lines: string[]) =>
    checkLinks("docs/a.md", page(...lines)).map(({ at, what }) => `${at} ${what}`);

  it.each([
    ["[x](missing.md)", "there is no such file"],
    ["[x]: missing.md", "there is no such file"],
    [`<a href="missing.md">x</a>`, "there is no such file"],
    ["[x](#nowhere)", "no heading there gives #nowhere"],
    ["[x](/docs/a.md)", "relative to this page"],
    ["[x](../../etc/passwd)", "out of the project"],
  ])("that lead nowhere are named: %s", (line, problem) => {
    expect(linksOf("# Title", line)).toEqual([expect.stringMatching(new RegExp(`^docs/a.md:2 .*${problem}`))]);
  });

  it("that lead somewhere pass, and code is not searched for links", () => {
    const lines = [
      "# The `map`, again!",
      "## Twice",
      "## Twice",
      "[a](#the-map-again) [b](#twice-1) [c](../package.json)",
    ];
    expect(linksOf(...lines, "[d](https://example.com/x#y) `[e](none.md)`", "```md", "[f](none.md)", "```")).toEqual(
      [],
    );
  });
});

describe("commands on a page", () => {
  it("are scripts of the workspace", () => {
    const shell = page("```sh", "npx --yes pnpm@12.21.0 test", "pnpm add zod", "pnpm no-such-script", "```");
    expect(checkCommands("README.md", shell)).toEqual([
      { at: "README.md:4", what: expect.stringContaining("pnpm no-such-script") },
    ]);
  });
});
