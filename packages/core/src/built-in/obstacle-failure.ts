import type { SourceFailure } from "../source/source-failure.ts";
import { assertNever } from "../util/assert-never.ts";
import type { Obstacle } from "./read-regular-file.ts";

/**
 * What an obstacle means where the reader has no meaning of its own for it.
 *
 * @param shown What a message calls the file.
 */
export function obstacleFailure(obstacle: Obstacle, shown: string, maxBytes: number): SourceFailure {
  switch (obstacle) {
    case "absent":
      return { failure: "unavailable", advice: `${shown} does not exist: check the path, and that it is mounted.` };
    case "changed":
      return { failure: "unavailable", advice: `${shown} changes faster than it can be read.` };
    case "folder":
      return { failure: "unsupported", advice: `${shown} is a folder, not a file.` };
    case "special":
      return { failure: "unsupported", advice: `${shown} is a pipe, socket or device: only regular files are read.` };
    case "too-large":
      return {
        failure: "unsupported",
        advice: `${shown} is larger than ${maxBytes} bytes, the most that is read: check that it is a secret; fileSource takes \`maxBytes\`.`,
      };
    case "outside":
      return {
        failure: "invalid-request",
        advice: `${shown} is a symbolic link that leaves the source's folder: place the file itself there.`,
      };
    default:
      return assertNever(obstacle);
  }
}
