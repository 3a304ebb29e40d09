import { type LiveSecret, type Secret, watchSecret } from "@secretsource/core";
import { z } from "zod";

/** The first key signs. Tokens of all of them are accepted, so that a token outlives its key's turn. */
export const SigningKeys = z.object({
  keys: z.array(z.object({ id: z.string().min(1), key: z.string().min(32) })).min(1),
});

export type SigningKeys = z.infer<typeof SigningKeys>;

/** The keys as they are mounted now: whatever takes their place is followed, unless it would do harm. */
export async function followSigningKeys(): Promise<LiveSecret<SigningKeys>> {
  let inUse: SigningKeys | undefined;
  const live = await watchSecret("signing.json", {
    schema: SigningKeys,
    verify: (next) => mustKeepSigner(inUse, next),
  });
  inUse = live.current.reveal();
  live.onRotate((next) => {
    inUse = next.reveal();
    console.log(`Signing with ${inUse.keys[0]?.id} from now on`);
  });
  return live;
}

/** Without the key that signs now, every token that is out there would be refused at once. */
function mustKeepSigner(inUse: SigningKeys | undefined, next: Secret<SigningKeys>): void {
  const signer = inUse?.keys[0];
  if (signer === undefined || next.reveal().keys.some(({ id }) => id === signer.id)) return;
  throw new Error("The key in use is missing");
}
