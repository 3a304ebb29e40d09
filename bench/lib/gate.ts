/** A figure with the limit that it must keep. */
export interface Gate {
  readonly what: string;
  readonly measured: number;
  readonly limit: { readonly atMost: number } | { readonly atLeast: number };
  readonly unit: string;
}

export function keeps({ measured, limit }: Gate): boolean {
  return "atMost" in limit ? measured <= limit.atMost : measured >= limit.atLeast;
}

export function limitText({ limit, unit }: Gate): string {
  const [word, number] = "atMost" in limit ? ["at most", limit.atMost] : ["at least", limit.atLeast];
  return `${word} ${withUnit(number, unit)}`;
}

export function withUnit(number: number, unit: string): string {
  return `${number >= 100 ? Math.round(number) : Number(number.toPrecision(3))} ${unit}`.trim();
}

/** Prints every gate; one that is not kept makes this process fail at its end. */
export function judge(gates: readonly Gate[]): void {
  for (const gate of gates) {
    const verdict = keeps(gate) ? "kept  " : "MISSED";
    console.log(`${verdict}  ${gate.what}: ${withUnit(gate.measured, gate.unit)} (${limitText(gate)})`);
  }
  if (!gates.every(keeps)) process.exitCode = 1;
}
