import { join } from "node:path";
import type { SourceFailure } from "@secretsource/core/source";
import type { TlsMaterial } from "../transport/endpoint.ts";
import type { PemPlace, TlsSettings } from "./tls-options.ts";

/** Reads the files that a TLS connection needs. */
export async function loadTls(settings: TlsSettings): Promise<TlsMaterial | SourceFailure> {
  const { serverName, skipVerify } = settings;
  try {
    const [ca, cert, key] = await Promise.all([settings.ca, settings.cert, settings.key].map(pemsAt));
    return {
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(serverName !== undefined && { servername: serverName }),
      rejectUnauthorized: !skipVerify,
    };
  } catch {
    // The error's text has the path, and where a PEM was put in its place, that.
    const advice =
      "A file of the `tls` options (or of VAULT_CACERT, VAULT_CAPATH, VAULT_CLIENT_CERT, VAULT_CLIENT_KEY) cannot be read.";
    return { failure: "unavailable", advice };
  }
}

async function pemsAt(place: PemPlace | undefined): Promise<string[] | undefined> {
  if (place === undefined) return undefined;
  if ("pem" in place) return [place.pem];
  // Loaded on first use: most connections have no files, and it takes its time.
  const { readdir, readFile } = await import("node:fs/promises");
  if ("file" in place) return [await readFile(place.file, "utf8")];
  const names = (await readdir(place.folder)).filter((name) => !name.startsWith("."));
  return Promise.all(names.map((name) => readFile(join(place.folder, name), "utf8")));
}
