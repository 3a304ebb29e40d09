import { token, type VaultLogin } from "../src/auth/index.ts";

/** How the source of a case logs in. */
export interface Proof {
  readonly login: VaultLogin;
  /** What it proves itself with, to be searched for in everything that the source says. */
  readonly credentials: readonly string[];
}

export function tokenProof(value: string): Proof {
  return { login: token({ token: value }), credentials: [value] };
}

/** Puts a text into a file of its own, and gives the path. */
export type FileOf = (text: string) => string;
