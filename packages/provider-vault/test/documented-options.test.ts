import { readFileSync } from "node:fs";
import { isSecretsError } from "@secretsource/core";
import { expect, test } from "vitest";
import { appRole, awsIam, jwt, kubernetes, token } from "../src/auth/index.ts";
import { vaultAws, vaultConnection, vaultDatabase, vaultKv, vaultPath, vaultPki, vaultTransit } from "../src/index.ts";

const page = readFileSync(new URL("../../../docs/vault.md", import.meta.url), "utf8");

/** The rows of a table behind its mark, each as its cells. */
function tableOf(mark: string): string[][] {
  const [, table = ""] = new RegExp(`<!-- options: ${mark} -->\n\n((?:\\|.*\n)+)`).exec(page) ?? [];
  const rows = table.split("\n").slice(2, -1);
  return rows.map((row) => row.split("|").map((cell) => cell.trim()));
}

const namesIn = (cell = "") => [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);

/** The options of each factory in a table whose first column names it, once. */
function byFactory(mark: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  let factory = "";
  for (const [, first = "", second] of tableOf(mark)) {
    if (first !== "") factory = first.replaceAll("`", "");
    found[factory] = [...(found[factory] ?? []), ...namesIn(second)].sort();
  }
  return found;
}

/** What a factory takes, as it says itself to whoever gives it something else. */
function takenBy(make: (options: never) => unknown): string[] {
  try {
    make({ stranger: 1 } as never);
  } catch (error) {
    const [, list = ""] = /there are ([\w, ]+)\./.exec(isSecretsError(error) ? (error.advice ?? "") : "") ?? [];
    return list.split(", ").sort();
  }
  return [];
}

const address = "http://127.0.0.1:1";
const ofConnection = takenBy(vaultConnection);
const own = (make: (options: never) => unknown) =>
  takenBy(make).filter((name) => name !== "connection" && !ofConnection.includes(name));

test("the options of a connection", () => {
  expect(
    tableOf("connection")
      .flatMap(([, option]) => namesIn(option))
      .sort(),
  ).toEqual(ofConnection);
  expect(
    tableOf("tls")
      .flatMap(([, option]) => namesIn(option))
      .sort(),
  ).toEqual(takenBy((tls) => vaultConnection({ address, env: {}, tls })));
});

test("the options of each login", () => {
  expect(byFactory("logins")).toEqual({
    "token()": takenBy(token),
    "appRole()": takenBy(appRole),
    wrappedSecretId: takenBy((wrappedSecretId) => appRole({ roleId: "r", wrappedSecretId })),
    "kubernetes()": takenBy(kubernetes),
    "jwt()": takenBy(jwt),
    "awsIam()": takenBy(awsIam),
  });
});

test("the options of each source", () => {
  expect(byFactory("sources")).toEqual({
    "vaultKv()": own(vaultKv),
    "vaultDatabase()": own(vaultDatabase),
    "vaultPki()": own(vaultPki),
    "a certificate": takenBy((web) => vaultPki({ address, env: {}, certificates: { web } })),
    "vaultAws()": own(vaultAws),
    "vaultPath()": own(vaultPath),
    "vaultTransit()": own(vaultTransit),
  });
});
