import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MountedSecrets } from "./mounted-secrets.ts";
import type { SecretValues } from "./secret-values.ts";

/** Where a service finds its secrets: all that it is told through its environment. */
export interface Deployment {
  readonly environment: Readonly<Record<string, string>>;
  /** Swaps the mounted directory for one that differs in the signing keys alone. */
  readonly swap: (signing: string) => Promise<void>;
}

/** Everything in its place: five mounted files, one line of dotenv, one variable. */
export async function deploy(folder: string, values: SecretValues): Promise<Deployment> {
  const mounted = new MountedSecrets(join(folder, "mounted"));
  const swap = (signing: string) =>
    mounted.publish({
      "signing.json": signing,
      "webhook-acme": `${values.acmeKey}\n`,
      "webhook-globex": values.globexKey,
      "webhook-initech": Buffer.concat([Buffer.of(0xff), Buffer.from(values.damaged), Buffer.of(0xfe)]),
    });
  await swap(JSON.stringify({ keys: [values.signingKeys[0]] }));
  const dotenv = join(folder, "service.env");
  await writeFile(dotenv, `# Who may ask for tokens.\nISSUER_KEY="${values.issuerKey}"\n`);
  return { swap, environment: environment(mounted, dotenv, { QUICKSTART_RECEIPT_KEY: values.receiptKey }) };
}

/** The same service where nearly everything is wrong. The good parts of a value are secrets all the same. */
export async function deployBroken(folder: string, values: SecretValues): Promise<Pick<Deployment, "environment">> {
  await mkdir(folder);
  const mounted = new MountedSecrets(join(folder, "mounted"));
  await mounted.publish({ "signing.json": JSON.stringify({ keys: values.signingKeys[0] }) });
  const dotenv = join(folder, "service.env");
  await writeFile(dotenv, `ISSUER_KEY="${values.issuerKey}\n`);
  return { environment: environment(mounted, dotenv, { PORT: "eighty" }) };
}

function environment(mounted: MountedSecrets, dotenv: string, more: Record<string, string>): Record<string, string> {
  return { PORT: "0", SECRETS_DIR: mounted.directory, DOTENV_FILE: dotenv, ...more };
}
