// https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create, `secretId`.
const longest = 255;
const plain = /^[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*$/;
const token = /--|-_([0-9A-F]{2})|[\s\S]/g;

/**
 * A name as an id of Secret Manager, whose alphabet is letters, digits, `_` and `-`: a slash is `--`, every other foreign
 * byte of UTF-8 is `-_` and two upper-case hexadecimal digits, and so is a hyphen before anything but a letter or digit.
 * All else stands for itself. No two names have the same id: `nameOfSecretId` undoes it.
 *
 * @returns undefined for an id that would be too long.
 */
export function secretIdOf(name: string): string | undefined {
  const id = plain.test(name) ? name : escaped(name);
  return id.length > 0 && id.length <= longest ? id : undefined;
}

function escaped(name: string): string {
  // A hyphen with what follows, so that no literal one can be read as the beginning of an escape.
  return name.replace(/-(?=[^A-Za-z0-9])|[^A-Za-z0-9_-]/gu, (one) => (one === "/" ? "--" : bytesOf(one)));
}

function bytesOf(one: string): string {
  return Array.from(new TextEncoder().encode(one), hex).join("");
}

function hex(byte: number): string {
  return `-_${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** The name whose id this is; undefined for an id that no name has. */
export function nameOfSecretId(id: string): string | undefined {
  const bytes: number[] = [];
  for (const [text, digits] of id.matchAll(token)) {
    if (digits !== undefined) bytes.push(Number.parseInt(digits, 16));
    else bytes.push(text === "--" ? 0x2f : text.charCodeAt(0));
  }
  const name = Buffer.from(bytes).toString("utf8");
  return secretIdOf(name) === id ? name : undefined;
}
