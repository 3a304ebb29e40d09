const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** What a file's bytes are as a payload: text where they are UTF-8, which loses nothing, else the bytes. */
export function filePayload(bytes: Uint8Array, stripFinalNewline: boolean): string | Uint8Array {
  const kept = stripFinalNewline ? withoutFinalNewline(bytes) : bytes;
  return textOf(kept) ?? kept;
}

/** The text, byte order mark included; undefined where the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function withoutFinalNewline(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== lineFeed) return bytes;
  return bytes.subarray(0, bytes.at(-2) === carriageReturn ? -2 : -1);
}
