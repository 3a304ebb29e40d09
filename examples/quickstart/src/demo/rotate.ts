import { setTimeout as pass } from "node:timers/promises";
import type { Deployment } from "./deployment.ts";
import type { KeyRing } from "./key-ring.ts";
import type { Program } from "./program.ts";
import type { Story } from "./story.ts";
import type { Traffic } from "./traffic.ts";

const observedWithinMs = 5000;
/** A secret is looked at once a second at most: a swap that comes sooner is seen later. */
const betweenSwapsMs = 1050;

export interface Rotation {
  readonly story: Story;
  readonly service: Program;
  readonly traffic: Traffic;
  readonly deployment: Deployment;
  readonly ring: KeyRing;
}

/** Five keys in a row, and two publications that must do no harm, all while requests keep coming. */
export async function rotate(rotation: Rotation): Promise<void> {
  const { ring } = rotation;
  await toNextKey(rotation);
  await toNextKey(rotation);
  await refused(rotation, "a file that is cut off", ring.document.slice(0, -10), "validation-failed");
  await toNextKey(rotation);
  await refused(rotation, "a file without the key in use", ring.hasty, "verify-failed");
  await toNextKey(rotation);
  await toNextKey(rotation);
}

async function toNextKey(rotation: Rotation): Promise<void> {
  const { story, traffic, ring } = rotation;
  await pass(betweenSwapsMs);
  ring.swapping();
  // What was sent while the oldest key was good is answered before that key goes.
  await traffic.settled();
  const [before, next] = ring.signers.map(({ id }) => id);
  const afterMs = await observed(rotation, ring.document, `Signing with ${next} from now on`);
  ring.followed();
  story.check(true, `${next} signs ${afterMs} ms after its swap; tokens of ${before} are still good`);
}

async function refused(rotation: Rotation, what: string, signing: string, code: string): Promise<void> {
  await pass(betweenSwapsMs);
  const afterMs = await observed(rotation, signing, `Refused a new signing.json (${code})`);
  const [signer] = rotation.ring.signers;
  rotation.story.check(
    true,
    `${what} is refused ${afterMs} ms after its swap (${code}); ${signer?.id} goes on signing`,
  );
}

/** Swaps the files, and waits until the service says that it has seen it. Gives how long that took, ms. */
async function observed({ service, deployment }: Rotation, signing: string, line: string): Promise<number> {
  const from = performance.now();
  await deployment.swap(signing);
  await service.printed(line, observedWithinMs);
  return Math.round(performance.now() - from);
}
