import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { failureCodes, libraryCodes } from "../src/errors/error-code.ts";
import { isRetryable } from "../src/errors/retryable.ts";
import { mayServeStale } from "../src/policy/failure-class.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

const page = read("../../../docs/reference.md");
/** The lists of members are the code's: `public-api.txt` is compared with it by a test of its own. */
const api = read("../public-api.txt");
const events = read("../src/state/secrets-event.ts");

/** The rows of the table whose first heading is this, in the section with this title. */
function rowsOf(title: string, heading: string): string[][] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? "";
  const table = section.split("\n\n").find((text) => text.startsWith(`| ${heading} |`)) ?? "";
  const lines = table.split("\n").slice(2);
  return lines.map((line) => {
    const cells = line.split("|").slice(1, -1);
    return cells.map((cell) => cell.trim());
  });
}

function namesIn(cell = ""): string[] {
  return [...cell.matchAll(/`([\w.-]+)`/g)].map(([, name]) => name ?? "");
}

function firstNames(rows: readonly string[][]): string[] {
  return rows.map(([first]) => namesIn(first)[0] ?? "");
}

function membersOf(...interfaces: readonly string[]): string[] {
  const all = interfaces.flatMap((name) => {
    const list = new RegExp(`^  interface ${name} \\{ (.*) \\}$`, "m").exec(api)?.[1];
    if (list === undefined) throw new Error(`public-api.txt has no interface ${name}`);
    return list.split(", ").map((member) => member.replace("?", ""));
  });
  return [...new Set(all)].sort();
}

test("the table of codes has every code, and says which are retryable", () => {
  const rows = rowsOf("Error codes", "code").map(([code, , , retryable]) => [namesIn(code)[0], retryable]);
  expect(rows).toEqual([...failureCodes, ...libraryCodes].map((code) => [code, isRetryable(code) ? "yes" : "no"]));
});

test("the codes with which a held value is served on are the code's", () => {
  const sentence = /^While a store is ([^,]*(?:, `[^,]*)*?), a value that is held/m.exec(page)?.[1] ?? "";
  expect(namesIn(sentence).sort()).toEqual(failureCodes.filter(mayServeStale).sort());
});

/** By type: the members that not all events have. */
function eventsOfTheCode(): Record<string, string[]> {
  const common = new Set(["type", "source", "secretName", "selector", "at"]);
  const union = events.slice(events.indexOf("export type SecretsEvent")).replaceAll(/\/\*\*[\s\S]*?\*\//g, "");
  const parts = union.split(/^ {2}\| /m).slice(1);
  return Object.fromEntries(
    parts.map((part) => {
      const members = [...part.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => name ?? "");
      const type = /readonly type: "([a-z-]+)"/.exec(part)?.[1] ?? part;
      return [type, members.filter((name) => !common.has(name)).sort()];
    }),
  );
}

test("the table of events has every event, with its members", () => {
  const rows = rowsOf("Events", "event");
  const told = rows.map(([type, , besides]) => [namesIn(type)[0], namesIn(besides).sort()]);
  expect(Object.fromEntries(told)).toEqual(eventsOfTheCode());
  expect(rows).toHaveLength(Object.keys(eventsOfTheCode()).length);
});

test.each([
  ["field of `status()`", "SecretStatus"],
  ["field of `health()`", "Health"],
  ["field of a problem", "HealthProblem"],
])("the table %s has its members", (heading, name) => {
  expect(firstNames(rowsOf("What an instance tells", heading)).sort()).toEqual(membersOf(name));
});

test("the table of an instance's options has all of them", () => {
  const options = membersOf("CommonOptions", "OneSource", "SeveralSources", "SourceFromUri");
  expect(firstNames(rowsOf("Options of an instance", "option")).sort()).toEqual([...options, "replace"].sort());
  const [, perSource] = rowsOf("Options of an instance", "option").find(([first]) => first === "`perSource`") ?? [];
  expect(namesIn(perSource).sort()).toEqual(membersOf("SourceSettings").sort());
});

const calls = {
  getSecret: "GetSecretOptions",
  watchSecret: "WatchSecretOptions",
  withSecret: "WithSecretOptions",
  acceptAny: "AcceptAnyOptions",
  hint: "HintOptions",
  close: "CloseOptions",
  loadConfig: "LoadConfigOptions",
  secret: "SecretItemOptions",
  live: "LiveItemOptions",
  env: "EnvItemOptions",
};

test("the table of the calls' options says of each call which it has", () => {
  const rows = rowsOf("Options of calls", "option").flatMap(([option, , , of]) =>
    namesIn(of).map((call) => ({ call, option: namesIn(option)[0] ?? "" })),
  );
  const told = Object.entries(Object.groupBy(rows, ({ call }) => call)).map(([call, those = []]) => [
    call,
    those.map(({ option }) => option).sort(),
  ]);
  const known = Object.entries(calls).map(([call, name]) => [call, membersOf(name)]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(known));
});

test("the tables of OpenTelemetry have every option and every name", () => {
  expect(firstNames(rowsOf("OpenTelemetry", "option of `instrumentSecrets`")).sort()).toEqual(
    membersOf("InstrumentOptions"),
  );
  const folder = new URL("../src/otel/", import.meta.url);
  const sources = readdirSync(folder).filter((file) => !file.includes(".test."));
  const names = (file: string) => [...read(`../src/otel/${file}`).matchAll(/"((?:secretsource|error)\.[a-z_.]+)"/g)];
  const inCode = new Set(sources.flatMap((file) => names(file).map(([, name]) => name ?? "")));
  const onPage = rowsOf("OpenTelemetry", "name").flatMap(([name, , attributes]) => [
    ...namesIn(name),
    ...namesIn(attributes),
  ]);
  expect([...new Set(onPage)].sort()).toEqual([...inCode].sort());
});
