import { join } from "node:path";
import type { SourceFailure } from "@secretsource/core/source";
import { shownPath } from "../files/shown-path.ts";
import { unreadableFile } from "../files/unreadable-file.ts";
import { holdsCertificates, holdsKey } from "../transport/usable-tls.ts";
import type { PemPlace } from "./tls-options.ts";

type Option = "ca" | "cert" | "key";

/** No `pems` where no place is named. */
type Pems = { readonly pems?: string[]; readonly failure?: undefined } | SourceFailure;

const variables: Readonly<Record<Option, string>> = {
  ca: "VAULT_CACERT",
  cert: "VAULT_CLIENT_CERT",
  key: "VAULT_CLIENT_KEY",
};

/** What stands in a place of the `tls` options. Node would take a list without a certificate, and trust nobody by it. */
export async function pemsAt(option: Option, place: PemPlace | undefined): Promise<Pems> {
  if (place === undefined) return {};
  if ("pem" in place) return checked(option, [place.pem], `\`tls.${option}\``);
  const [what, path] =
    "file" in place
      ? [`The file of \`tls.${option}File\` (${variables[option]})`, place.file]
      : ["The folder of VAULT_CAPATH, or a file in it", place.folder];
  try {
    const pems = "file" in place ? [await text(place.file)] : await textsBelow(place.folder);
    return checked(option, pems, `${what}, ${shownPath(path)},`);
  } catch (error) {
    return unreadableFile(what, path, error);
  }
}

function checked(option: Option, pems: string[], shown: string): Pems {
  const [holds, what] = option === "key" ? [holdsKey, "private key"] : [holdsCertificates, "certificate"];
  if (holds(pems.join("\n"))) return { pems };
  return { failure: "unavailable", advice: `${shown} holds no ${what} in PEM form, or one that is cut off.` };
}

// Loaded on first use: most connections have no files, and it takes its time.
async function text(file: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return readFile(file, "utf8");
}

async function textsBelow(folder: string): Promise<string[]> {
  const { readdir } = await import("node:fs/promises");
  const names = (await readdir(folder)).filter((name) => !name.startsWith("."));
  return Promise.all(names.map((name) => text(join(folder, name))));
}
