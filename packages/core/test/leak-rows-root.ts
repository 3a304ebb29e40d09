import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import {
  configureSecrets,
  createSecrets,
  envSource,
  fallback,
  fileSource,
  getSecret,
  isSecretsError,
  memorySource,
  type Secrets,
  SecretsError,
} from "../src/index.ts";
import type { SecretSource } from "../src/source/index.ts";
import { forgetDefault } from "./forget-default.ts";
import { canary, canaryBytes, type Drive, plainCanary } from "./leak-harness.ts";

/** What `await` gives or throws. */
export async function outcomeOf(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return error;
  }
}

/** Reads these names in every way, and gives away all that came of it. */
export async function readAll(secrets: Secrets, names: readonly string[]): Promise<unknown[]> {
  const heard: unknown[] = [secrets];
  secrets.on((event) => void heard.push(event));
  const ways = [
    undefined,
    { as: "json" },
    { as: "bytes" },
    { field: "password" },
    { schema: z.object({ password: z.number() }) },
    { version: { id: "7" } },
    { refresh: true, optional: true },
  ] as const;
  for (const name of names) {
    for (const options of ways) heard.push(await outcomeOf(() => secrets.getSecret(name, options)));
  }
  return [...heard, secrets.status(), secrets.health(), await outcomeOf(() => secrets.close())];
}

/** As {@link readAll}, with an instance of its own; fails where not one of the names gave the canary. */
async function readFrom(source: SecretSource, names: readonly string[]): Promise<unknown[]> {
  const outcomes = await readAll(createSecrets({ source }), names);
  const revealed = outcomes.map((one) => String((one as { reveal?: () => unknown } | undefined)?.reveal?.()));
  if (!revealed.some((value) => value.includes(canary) || value.includes(plainCanary))) {
    throw new Error("the canary did not come through, so the row shows nothing");
  }
  return [source, ...outcomes];
}

function inFolder(run: (folder: string) => Promise<unknown[]>): Drive {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "secretsource-"));
    try {
      return await run(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

const driveEnv = inFolder(async (folder) => {
  const file = join(folder, "value");
  writeFileSync(file, canaryBytes);
  writeFileSync(join(folder, "text"), canary);
  const env = {
    APP_DB: canary,
    APP_JSON: JSON.stringify({ password: canary }),
    APP_BOTH: canary,
    APP_BOTH_FILE: file,
    APP_BYTES_FILE: file,
    APP_TEXT_FILE: join(folder, "text"),
    APP_MISSING_FILE: join(folder, "missing"),
    APP_FOLDER_FILE: folder,
    APP_EMPTY_FILE: "",
  };
  const names = ["db", "json", "both", "bytes", "text", "missing", "folder", "empty", "DB", "d-b", "none"];
  const wrong = [{ prefix: canary }, { names: { a: canary } }, { names: canary }, { env: canary }];
  return [
    ...(await readFrom(envSource({ prefix: "APP_", env }), names)),
    ...(await Promise.all(wrong.map((options) => outcomeOf(() => envSource(options as never))))),
    await outcomeOf(() => envSource.fromUri(`env:${canary}?prefix=${canary}`)),
  ];
});

const driveFiles = inFolder(async (folder) => {
  const at = (...path: string[]) => join(folder, ...path);
  mkdirSync(at("secrets"));
  writeFileSync(at("secrets", "db"), canary);
  writeFileSync(at("secrets", "bytes"), canaryBytes);
  writeFileSync(at("secrets", "json"), JSON.stringify({ password: canary }));
  writeFileSync(at("outside"), canary);
  symlinkSync(at("outside"), at("secrets", "link"));
  writeFileSync(at("good.json"), JSON.stringify({ db: canary, nested: { password: canary } }));
  writeFileSync(at("broken.json"), `{"db": "${plainCanary}", ${canary}`);
  writeFileSync(at("list.json"), JSON.stringify([canary]));
  writeFileSync(at("good.env"), `db='${plainCanary}'\nexport other="${plainCanary}"\n`);
  writeFileSync(at("broken.env"), `db="${plainCanary}\n${canary}\nother=${canary}`);
  writeFileSync(at("invalid.env"), canaryBytes);
  const names = ["db", "bytes", "json", "nested", "other", "link", "../outside", "none"];
  const outcomes = await readFrom(fileSource({ directory: at("secrets") }), names);
  outcomes.push(...(await readFrom(fileSource({ file: at("good.json") }), names)));
  outcomes.push(...(await readFrom(fileSource({ file: at("good.env") }), names)));
  for (const file of ["broken.json", "list.json", "broken.env", "invalid.env", "missing"]) {
    outcomes.push(...(await readAll(createSecrets({ source: fileSource({ file: at(file) }) }), names)));
  }
  const small = fileSource({ directory: at("secrets"), maxBytes: 8 });
  outcomes.push(...(await readAll(createSecrets({ source: small }), names)));
  return [...outcomes, await outcomeOf(() => fileSource.fromUri(`file:${canary}?format=${canary}`))];
});

async function driveMemory(): Promise<unknown[]> {
  const source = memorySource({ db: canary, bytes: canaryBytes, json: JSON.stringify({ password: canary }) });
  const ids = [source.set("db", canary), source.stage("db", canary)];
  source.promote("db");
  source.label("db", "blue", "2");
  return [
    ids,
    ...(await readFrom(source, ["db", "bytes", "json", "none"])),
    await outcomeOf(() => source.promote("db")),
    await outcomeOf(() => memorySource({ db: { password: canary } as never })),
    await outcomeOf(() => source.set("db", Symbol(canary) as never)),
  ];
}

async function driveFallback(): Promise<unknown[]> {
  const failing: SecretSource = {
    ...memorySource(),
    kind: "failing",
    read: () => Promise.reject(new Error(canary)),
    classify: (error) => ({ failure: "access-denied", native: error as Error }),
  };
  const both = fallback([failing, memorySource({ db: canary })], { when: ["access-denied"] });
  const wrong = [[canary], [7, { kind: canary }], canary];
  return [
    both,
    ...(await readAll(createSecrets({ source: both }), ["db", "none"])),
    ...(await Promise.all(wrong.map((members) => outcomeOf(() => fallback(members as never))))),
    await outcomeOf(() => fallback([memorySource()], { when: [canary as never] })),
  ];
}

async function driveCreate(): Promise<unknown[]> {
  const source = () => memorySource({ db: canary });
  const wrong = [
    canary,
    { source: canary },
    { source: { ...source(), kind: 7, password: canary } },
    { sources: { [canary]: source() } },
    { source: source(), ttl: canary },
    { source: source(), clock: canary },
    { source: source(), perSource: { memory: { ttl: canary } } },
    { sources: { a: source() }, default: canary },
    { from: canary },
    { from: "env:", schemes: [canary] },
    {
      from: `store:${canary}`,
      schemes: [
        {
          scheme: "store",
          fromUri: (uri: string) => {
            throw new Error(uri);
          },
        },
      ],
    },
    {
      get source() {
        throw new Error(canary);
      },
    },
  ];
  const outcomes = await Promise.all(wrong.map((options) => outcomeOf(() => createSecrets(options as never))));
  return [...outcomes, ...(await readFrom(source(), ["db", "none"]))];
}

async function driveDefault(): Promise<unknown[]> {
  forgetDefault();
  const outcomes = [
    configureSecrets({ source: memorySource({ db: canary }) }),
    await outcomeOf(() => configureSecrets({ source: memorySource({ db: canary }) })),
    await outcomeOf(() => configureSecrets({ source: canary as never, replace: true })),
    await getSecret("db"),
    await outcomeOf(() => getSecret("db", { as: "json" })),
    await outcomeOf(() => getSecret("db", canary as never)),
    await outcomeOf(() => getSecret(`${canary}\0`)),
  ];
  forgetDefault();
  return outcomes;
}

function driveErrors(): unknown[] {
  const native = Object.assign(new Error(canary), { name: canary, code: canary, requestId: canary, response: canary });
  const init = { code: "access-denied", cause: native, password: canary, message: canary, stack: canary } as const;
  const error = new SecretsError(init as never);
  return [error, isSecretsError(error), isSecretsError(native), isSecretsError(canary)];
}

/** One row per value that the root entry exports. */
export const rootRows: Readonly<Record<string, Drive>> = {
  configureSecrets: driveDefault,
  createSecrets: driveCreate,
  envSource: driveEnv,
  fallback: driveFallback,
  fileSource: driveFiles,
  getSecret: driveDefault,
  isSecretsError: driveErrors,
  memorySource: driveMemory,
  SecretsError: driveErrors,
};
