import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { claim } from "./pid-note.ts";

const folder = join(tmpdir(), "secretsource-test-ports");

/** A free port that no other test of this project, in whichever process, is given until it is released. */
export interface ReservedPort {
  readonly port: number;
  readonly release: () => void;
}

/**
 * Between the choice of a port and its use somebody else may choose it as well, and then finds a server that answers: the
 * wrong one. So each is noted with its owner.
 */
export async function reservePort(): Promise<ReservedPort> {
  mkdirSync(folder, { recursive: true });
  for (;;) {
    const port = await freePort();
    const note = join(folder, String(port));
    if (claim(note)) return { port, release: () => rmSync(note, { force: true }) };
  }
}
