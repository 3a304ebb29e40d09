import { invalidOptions } from "./invalid-options.ts";
import { parseSourceUri, type SourceUri } from "./source-uri.ts";

/** A URI's path, and the values of the query parameters that are there. */
export interface UriSettings<Key extends string> {
  readonly path: string;
  readonly settings: Readonly<Partial<Record<Key, string>>>;
}

/**
 * Takes a URI of one scheme apart, for a factory's `fromUri`.
 *
 * @param known The query parameters that the factory knows.
 * @throws SecretsError `invalid-options` for another scheme, and for a parameter that is unknown or given twice.
 */
export function uriSettings<Key extends string>(
  text: unknown,
  scheme: string,
  known: readonly Key[],
): UriSettings<Key> {
  const uri = parseSourceUri(text);
  if (uri.scheme !== scheme) invalidOptions(`The source URI must begin with \`${scheme}:\`.`);
  return { path: uri.path, settings: settingsOf(uri, known) };
}

function settingsOf<Key extends string>(uri: SourceUri, known: readonly Key[]): Partial<Record<Key, string>> {
  const settings: Partial<Record<Key, string>> = {};
  let position = 0;
  for (const [name, value] of uri.query) {
    position += 1;
    const key = known.find((one) => one === name);
    // By its position: behind a value that holds a plain `&`, the name is a part of that value.
    const which = `Query parameter ${position} of the \`${uri.scheme}:\` URI`;
    if (key === undefined) return invalidOptions(`${which} is not known; known: ${known.join(", ")}.`);
    if (settings[key] !== undefined) return invalidOptions(`${which} gives \`${key}\` a second time.`);
    settings[key] = value;
  }
  return settings;
}
