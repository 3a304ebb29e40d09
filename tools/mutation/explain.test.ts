import { describe, expect, it } from "vitest";
import { unexplained } from "./explain.ts";
import type { Mutant, MutatedFile } from "./stryker-report.ts";
import { survivorsIn } from "./survivor.ts";
import { byFolder, scoreOf, tallyOf, tooLow } from "./tally.ts";

const source = "const a = 1;\nif (a > 0) {\n  run();\n}\n";

const mutant = (status: Mutant["status"], more: Partial<Mutant> = {}): Mutant => ({
  status,
  replacement: "a >= 0",
  location: { start: { line: 2, column: 5 }, end: { line: 2, column: 10 } },
  ...more,
});

const reportOf = (mutants: readonly Mutant[], path = "packages/core/src/fetch/x.ts") => ({
  files: { [path]: { source, mutants } } as Record<string, MutatedFile>,
});

const line = { file: "fetch/x.ts", line: "if (a > 0) {", mutant: "if (a >= 0) {" };

describe("survivors", () => {
  it("are those that no test has noticed, by the line that they change", () => {
    const report = reportOf([mutant("Killed"), mutant("Timeout"), mutant("Survived"), mutant("NoCoverage")]);
    const found = { at: "packages/core/src/fetch/x.ts:2:5", ...line };
    expect(survivorsIn(report)).toEqual([found, found]);
  });

  it("of several lines are told by the first and by what is left", () => {
    const location = { start: { line: 2, column: 12 }, end: { line: 4, column: 2 } };
    const [survivor] = survivorsIn(reportOf([mutant("Survived", { replacement: "{}", location })]));
    expect(survivor).toMatchObject({ line: "if (a > 0) {", mutant: "if (a > 0) {}" });
  });
});

describe("explanations", () => {
  const survivors = survivorsIn(reportOf([mutant("Survived"), mutant("Survived")]));

  it("are wanted for every survivor", () => {
    expect(unexplained(survivors, [])).toHaveLength(2);
    expect(unexplained(survivors, [{ ...line, why: "Equal." }])).toHaveLength(1);
    expect(unexplained(survivors, [{ ...line, times: 2, why: "Equal." }])).toEqual([]);
  });

  it("do not explain what is alike in another file", () => {
    expect(unexplained(survivors.slice(0, 1), [{ ...line, file: "fetch/y.ts", why: "Equal." }])).toHaveLength(2);
  });

  it("are taken out once nothing survives that they explain", () => {
    const findings = unexplained([], [{ ...line, why: "Equal." }]);
    expect(findings).toEqual([
      { at: expect.stringContaining("fetch/x.ts"), what: expect.stringContaining("Take it out") },
    ]);
  });
});

describe("the score", () => {
  it("counts those that timed out as killed, those without a test as living, and no others", () => {
    const tally = tallyOf([
      ...(["Killed", "Timeout", "Survived", "NoCoverage"] as const).map((status) => mutant(status)),
      mutant("CompileError"),
      mutant("Ignored"),
    ]);
    expect(tally).toEqual({ mutants: 4, killed: 1, timedOut: 1, survived: 1, notCovered: 1 });
    expect(scoreOf(tally)).toBe(50);
    expect(scoreOf(tallyOf([]))).toBe(100);
  });

  it("has to be reached by each folder for itself", () => {
    const killed = new Array(19).fill(mutant("Killed"));
    const files = {
      ...reportOf([...killed, mutant("Survived")], "packages/core/src/policy/good.ts").files,
      ...reportOf([mutant("Killed"), mutant("Survived")], "packages/core/src/fetch/bad.ts").files,
    };
    expect([...byFolder(files).keys()]).toEqual(["packages/core/src/fetch", "packages/core/src/policy"]);
    expect(tooLow(files)).toEqual([{ at: "packages/core/src/fetch", what: expect.stringContaining("50.0 %") }]);
  });
});
