import type { SourceFailure } from "../source/source-failure.ts";

type Meaning = Pick<SourceFailure, "failure" | "advice">;

// `ENOENT` is no `not-found` here: only the reader that looked for a secret knows whether it was the secret that was
// missing, or the folder, the mount, the file that a variable names.
const missing: Meaning = {
  failure: "unavailable",
  advice: "A file or folder that should be there is missing: check that the volume is mounted.",
};
const notAFolder: Meaning = {
  failure: "unavailable",
  advice: "A part of the path is a file where a folder should be.",
};
const denied: Meaning = {
  failure: "access-denied",
  advice: "Let the process's user read the file (r) and enter every folder above it (x).",
};
const unusablePath: Meaning = { failure: "invalid-request", advice: "The path is too long or not valid here." };
const linkLoop: Meaning = { failure: "invalid-request", advice: "Symbolic links on the path lead in a circle." };
const aFolder: Meaning = { failure: "unsupported", advice: "The path names a folder, not a file." };
// Not `throttled`: nobody asked us to slow down, and a handle may be free again at the next moment.
const noHandles: Meaning = {
  failure: "unavailable",
  advice: "The process or the machine has no free file handle or memory: raise the limit (ulimit -n) or find the leak.",
};
const deviceTrouble: Meaning = {
  failure: "unavailable",
  advice: "The device or the network file system does not answer: check the mount.",
};

const meanings: ReadonlyMap<unknown, Meaning> = new Map([
  ["ENOENT", missing],
  ["ENOTDIR", notAFolder],
  ["EACCES", denied],
  ["EPERM", denied],
  ["ENAMETOOLONG", unusablePath],
  ["EINVAL", unusablePath],
  ["ERR_INVALID_ARG_VALUE", unusablePath],
  ["ELOOP", linkLoop],
  ["EISDIR", aFolder],
  ["EMFILE", noHandles],
  ["ENFILE", noHandles],
  ["ENOMEM", noHandles],
  ["EAGAIN", deviceTrouble],
  ["EBUSY", deviceTrouble],
  ["EHOSTDOWN", deviceTrouble],
  ["EHOSTUNREACH", deviceTrouble],
  ["EINTR", deviceTrouble],
  ["EIO", deviceTrouble],
  ["ENODEV", deviceTrouble],
  ["ENOTCONN", deviceTrouble],
  ["ENXIO", deviceTrouble],
  ["ESTALE", deviceTrouble],
  ["ETIMEDOUT", deviceTrouble],
]);

/**
 * The failure that an error of `node:fs` stands for, or undefined where it is none. Never throws, and never shows the
 * error's own path, which may be a value that was put where a path belongs.
 */
export function fsFailure(error: unknown): SourceFailure | undefined {
  const code = fsCode(error);
  const meaning = meanings.get(code);
  return meaning === undefined || code === undefined ? undefined : { ...meaning, native: { code } };
}

/** The code of an error of `node:fs`, such as `ENOENT`. */
export function fsCode(error: unknown): string | undefined {
  try {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return typeof code === "string" ? code : undefined;
  } catch {
    return undefined;
  }
}
