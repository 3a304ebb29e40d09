import { SecretsError } from "../errors/secrets-error.ts";

type Unit = "ms" | "s" | "m" | "h" | "d";
// In front of `bigint`, which alone would let a sign and "0x10" pass.
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/**
 * A length of time written with its unit: `"250ms"`, `"30s"`, `"5m"`, `"1h"`, `"7d"`. A whole number and a unit,
 * nothing else: a bare number, a sign, a blank, a fraction, an exponent or a leading zero is refused by this type and
 * by the parser.
 */
export type Duration = `${Digit}${Unit}` | (`${bigint}${Unit}` & `${Digit}${Digit}${string}`);

const shape = /^(0|[1-9]\d{0,14})(ms|s|m|h|d)$/;
const unitMs: Record<Unit, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const longestMs = 366 * unitMs.d;

/**
 * Milliseconds of a duration.
 *
 * @param setting The option's name, for the message.
 * @throws SecretsError `invalid-options` for anything but a whole number with a unit, or for more than 366 days.
 */
export function parseDuration(text: unknown, setting: string): number {
  const match = typeof text === "string" ? shape.exec(text) : null;
  if (match === null) {
    throw new SecretsError({
      code: "invalid-options",
      advice: `\`${setting}\` must be a whole number with a unit, such as "250ms", "30s", "5m", "1h" or "7d"; at most "366d".`,
    });
  }
  const ms = Number(match[1]) * unitMs[match[2] as Unit];
  if (ms > longestMs) {
    throw new SecretsError({ code: "invalid-options", advice: `\`${setting}\` must be at most "366d".` });
  }
  return ms;
}
