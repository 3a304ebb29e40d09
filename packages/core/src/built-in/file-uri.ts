import { invalidOptions } from "../source-kit/invalid-options.ts";
import { uriSettings } from "../source-kit/uri-settings.ts";
import { checkedFormat, checkedMaxBytes, checkedPath, type FileSettings } from "./file-options.ts";

/** What a `file:` URI says; whether its path is a folder or a file may be for the disk to say. */
export type FileUriSettings = FileSettings | { readonly path: string; readonly maxBytes: number };

/**
 * Reads `file:./secrets`, `file:/run/secrets`, `file:///run/secrets`, `file:.env`, `file:./db.txt?format=json`.
 *
 * @throws SecretsError `invalid-options`
 */
export function fileUriSettings(text: string, platform: NodeJS.Platform = process.platform): FileUriSettings {
  const uri = uriSettings(text, "file", ["format"]);
  if (uri.path === "") return invalidOptions("The `file:` URI names no path: write `file:./secrets`, say.");
  const format = checkedFormat(uri.settings.format);
  const path = checkedPath(localPath(uri.path, platform), "the URI");
  const maxBytes = checkedMaxBytes(undefined);
  return format === undefined ? { path, maxBytes } : { file: path, format, maxBytes };
}

function localPath(path: string, platform: NodeJS.Platform): string {
  if (path.startsWith("//") && !path.startsWith("///")) {
    return invalidOptions("The `file:` URI names a host: write `file:/path`, `file:///path` or `file:./path`.");
  }
  const local = path.replace(/^\/\/\//, "/");
  return platform === "win32" ? local.replace(/^\/(?=[A-Za-z]:)/, "") : local;
}
