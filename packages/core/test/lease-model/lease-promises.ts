import type { SecretsError } from "../../src/errors/secrets-error.ts";
import type { Credential, LeaseReference, Name } from "./lease-reference.ts";
import type { MintAccount } from "./mint-account.ts";

/** Never an expired credential. */
export function checkGiven(reference: LeaseReference, name: Name, payload: string, now: number): void {
  const given = reference.ofPayload(payload);
  if (given === "static") return;
  if (given.name !== name) throw new Error(`${name} was given the credential of ${given.name}`);
  if (given.endsAt <= now) throw new Error(`${given.id} was given ${now - given.endsAt} ms after its end`);
  if (given.toldOverAt < now) throw new Error(`${given.id} was given although the store has said that it is over`);
  if (given.revoked) throw new Error(`${given.id} was given although it was revoked`);
}

/** Nobody is turned away while a good credential is in hand, or could be had. */
export function checkRefused(
  reference: LeaseReference,
  name: Name,
  { code }: SecretsError,
  forced: boolean,
  account: MintAccount,
  now: number,
): void {
  if (code === "aborted" || code === "closed") return;
  if (!forced && reference.inHand(name, now) !== undefined) throw new Error(`${code}, and a good one is in hand`);
  if (code === "mint-budget-exhausted") {
    // A refusal that is not older than 1 s is taken for an answer.
    if (account.allows(now - 1000) && account.allows(now))
      throw new Error("out of budget, and the budget allows a mint");
    return;
  }
  if (!reference.isTroubled(now)) throw new Error(`${code}, and nothing has been wrong for a while`);
}

/** What a live secret shows: exact to one tick. */
export function checkCurrent(
  reference: LeaseReference,
  name: Name,
  current: { readonly payload: string } | { readonly error: SecretsError },
  now: number,
): void {
  if ("payload" in current) {
    const given = reference.ofPayload(current.payload);
    if (given === "static") return;
    if (given.endsAt <= now - 1001) throw new Error(`current is ${given.id}, ${now - given.endsAt} ms after its end`);
    return;
  }
  const inHand = reference.inHand(name, now);
  if (reference.underWay > 0) return;
  if (inHand !== undefined) throw new Error(`current throws ${current.error.code}, and a good one is in hand`);
  if (!reference.isTroubled(now) && current.error.code !== "mint-budget-exhausted") {
    throw new Error(`current throws ${current.error.code}, and nothing has been wrong for a while`);
  }
}

/** Revoked is what was replaced 30 s ago, what nobody has seen, and what is left at the end. */
export function checkRevocation(reference: LeaseReference, credential: Credential | undefined, now: number): void {
  if (credential === undefined) throw new Error("a lease is revoked that was never granted");
  if (reference.closed === "revoked" || credential.refused) return;
  const { id, replacedAt } = credential;
  if (replacedAt === undefined) throw new Error(`${id} is revoked, and nothing has taken its place`);
  if (now - replacedAt < 30_000) throw new Error(`${id} is revoked ${now - replacedAt} ms after it was replaced`);
  if (credential.endsAt <= now) throw new Error(`${id} is revoked after its end`);
}
