const plain = /^[a-z0-9]$/;
const mostCharacters = 127;
// Most names: nothing in them is escaped.
const ordinary = /^[a-z0-9]+(?:[-/][a-z0-9]+)*$/;

/**
 * The name that Key Vault has for a portable one. Its names are letters, digits and hyphens, and it does not tell `DB` from
 * `db`; so lower-case letters, digits and single hyphens stay, a slash is `--`, and a run of anything else is `---`, its
 * UTF-8 bytes in hexadecimal, and `-`. A hyphen or a slash that no plain character follows is such a run too. Then no two
 * names are mapped to one, and {@link decodeName} leads back.
 *
 * @returns undefined where the result is longer than the 127 characters of a name.
 */
export function encodeName(name: string): string | undefined {
  const encoded = ordinary.test(name) ? name.replaceAll("/", "--") : withEscapes(name);
  return encoded.length <= mostCharacters ? encoded : undefined;
}

function withEscapes(name: string): string {
  const characters = [...name];
  let encoded = "";
  let run = "";
  characters.forEach((character, index) => {
    const stands = isJoint(character) ? plain.test(characters[index + 1] ?? "") : plain.test(character);
    if (!stands) {
      run += character;
      return;
    }
    encoded += escaped(run) + (character === "/" ? "--" : character);
    run = "";
  });
  return encoded + escaped(run);
}

/** The portable name of one of Key Vault's; undefined for one that no portable name is mapped to. */
export function decodeName(encoded: string): string | undefined {
  let name = "";
  let rest = encoded;
  while (rest !== "") {
    const [token = "", hex] = tokenPattern.exec(rest) ?? [];
    if (token === "") return undefined;
    name += hex === undefined ? (token === "--" ? "/" : token) : Buffer.from(hex, "hex").toString("utf8");
    rest = rest.slice(token.length);
  }
  // One name has one form: what could also be written otherwise is nobody's.
  return encodeName(name) === encoded ? name : undefined;
}

const tokenPattern = /^(?:---((?:[0-9a-f]{2})+)-|--|-|[a-z0-9])/;

function isJoint(character: string): boolean {
  return character === "-" || character === "/";
}

function escaped(run: string): string {
  return run === "" ? "" : `---${Buffer.from(run, "utf8").toString("hex")}-`;
}
