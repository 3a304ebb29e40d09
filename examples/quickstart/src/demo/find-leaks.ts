import { inspect } from "node:util";
import { namedValues, type SecretValues } from "./secret-values.ts";

const pieceLength = 16;

/** Which of the values stand in a text: plain, base64, hex, URL- or JSON-escaped, as lists of bytes; parts of 16 too. */
export function findLeaks(text: string, values: SecretValues): string[] {
  const dense = text.replaceAll(/\s/g, "");
  const found = namedValues(values).filter(([, value]) =>
    pieces(value)
      .flatMap(encodings)
      .some((form) => dense.includes(form)),
  );
  return found.map(([name]) => name);
}

function pieces(value: string): string[] {
  const count = Math.floor(value.length / pieceLength);
  return Array.from({ length: count }, (_, index) => value.slice(index * pieceLength, (index + 1) * pieceLength));
}

function encodings(piece: string): string[] {
  const bytes = Buffer.from(piece);
  const hex = bytes.toString("hex");
  const shifted = [0, 1, 2].flatMap((shift) => base64Within(bytes, shift));
  const numbers = [...bytes].join(",");
  return [
    piece,
    encodeURIComponent(piece),
    JSON.stringify(piece).slice(1, -1),
    hex,
    hex.toUpperCase(),
    numbers,
    ...shifted,
  ];
}

/** How the bytes look inside the base64 of something longer: without the characters that depend on what is around. */
function base64Within(bytes: Buffer, shift: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
  const own = whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
}

/** Which of the values the search does not find in a text that does hold them, in one form or another. */
export function missedBySearch(values: SecretValues): string[] {
  return namedValues(values)
    .filter(([, value]) => {
      const bytes = Buffer.from(`{"key":"${value}"}`);
      const texts = [
        `key=${value};`,
        bytes.toString("base64"),
        bytes.toString("hex"),
        inspect(bytes),
        inspect([...bytes]),
      ];
      return !texts.every((text) => findLeaks(text, values).length === 1);
    })
    .map(([name]) => name);
}
