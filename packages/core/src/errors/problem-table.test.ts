import { describe, expect, test } from "vitest";
import type { Problem } from "./problem.ts";
import { problemTable } from "./problem-table.ts";
import { SecretsError } from "./secrets-error.ts";
import { textTable } from "./text-table.ts";

const db: Problem = {
  path: "database",
  code: "not-found",
  source: "aws",
  name: "production/db",
  reason: "It is gone.",
};

describe("the table of a config's problems", () => {
  test("has a row for each, aligned", () => {
    const port: Problem = { path: "port", code: "not-found", source: "environment", name: "PORT", reason: "Set it." };
    const mode: Problem = { path: "", code: "invalid-options", reason: "It is undefined." };
    expect(problemTable([db, port, mode])).toBe(
      [
        "  path      source       name           reason",
        "  --------  -----------  -------------  ------",
        "  database  aws          production/db  It is gone.",
        "  port      environment  PORT           Set it.",
        "  (all)     -            -              It is undefined.",
      ].join("\n"),
    );
  });

  test("shows both ends of long names", () => {
    const shown = problemTable([{ ...db, name: `start-${"x".repeat(2000)}-end` }]);
    expect(shown).toMatch(/ {2}start-x{17}…x{19}-end {2}It is gone\.$/);
    expect(problemTable([{ ...db, name: "\0".repeat(2000) }])).toMatch(
      / {2}(\\u0000){3}.{0,6}….{0,6}(\\u0000){3} {2}It/,
    );
    const fits = "x".repeat(48);
    expect(problemTable([{ ...db, path: fits, name: fits }])).toContain(`  ${fits}  aws     ${fits}  It is gone.`);
  });

  test("stays a table whatever the names and reasons hold", () => {
    const hostile = {
      ...db,
      name: "a\n\u001b[31m\u202eb",
      source: "s\tt",
      reason: " two\r\n\u001b[2Jlines\u2028\u0000 ",
    };
    const lines = problemTable([hostile]).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe("  database  s\\tt    a\\n\\u001b[31m\\u202eb  two [2Jlines");
  });

  test("stands in the error's message, below the advice", () => {
    const error = new SecretsError({ code: "invalid-config", advice: "Create them.", problems: [db] });
    expect(error.message).toBe(`The configuration is not complete. Create them.\n\n${problemTable([db])}`);
    expect(error.advice).toBe("Create them.");
  });
});

describe("a table", () => {
  test("goes on below itself where the last column is too long", () => {
    const reason = "word ".repeat(40).trim();
    const lines = textTable(["a", "b"], [["x", reason]]).split("\n");
    expect(lines.length).toBeGreaterThan(3);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(lines.slice(3).every((line) => line.startsWith("     word"))).toBe(true);
    expect(lines.slice(2).join(" ").replaceAll(/\s+/g, " ").trim()).toBe(`x ${reason}`);
  });

  test("leaves room for the last column, and words whole", () => {
    const lines = textTable(["a", "b"], [["x".repeat(100), `${"y".repeat(80)} ${"z ".repeat(30)}`]]).split("\n");
    expect(lines[2]).toBe(`  ${"x".repeat(100)}  ${"y".repeat(80)}`);
    expect(lines[3]?.trim().length).toBeGreaterThan(50);
  });

  test("counts what one sees, and ends no line with a blank", () => {
    const table = textTable(
      ["a", "b"],
      [
        ["🔑🔑", "1"],
        ["xx", ""],
      ],
    );
    expect(table).toBe(["  a   b", "  --  -", "  🔑🔑  1", "  xx"].join("\n"));
  });
});
