const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * What a file's bytes are as a payload: text where they are UTF-8, which loses nothing, else the bytes. Only a text has a last
 * line: of a key, one in 256 ends in the byte of a line feed.
 */
export function filePayload(bytes: Uint8Array, stripFinalNewline: boolean): string | Uint8Array {
  const text = textOf(bytes);
  if (text === undefined) return bytes;
  return stripFinalNewline ? text.replace(/\r?\n$/, "") : text;
}

/** The text, byte order mark included; undefined where the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
