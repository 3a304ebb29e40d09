import type { Lease } from "../../src/source/lease.ts";
import type { SecretRecord } from "../../src/source/secret-record.ts";
import type { SecretSource } from "../../src/source/secret-source.ts";
import type { SourceContext } from "../../src/source/source-context.ts";
import type { SourceFailure } from "../../src/source/source-failure.ts";
import type { VirtualClock } from "../../src/testing/virtual-clock.ts";
import { sleep } from "../../src/time/sleep.ts";
import { checkRevocation } from "./lease-promises.ts";
import { type Credential, type LeaseReference, type Name, names } from "./lease-reference.ts";
import { MintAccount } from "./mint-account.ts";

const reset: SourceFailure = { failure: "unavailable", native: { code: "ECONNRESET" } };
const unreachable: SourceFailure = { failure: "unavailable", native: { code: "ECONNREFUSED" } };

/** A store that mints, and says what it is told to. */
export function leaseStore(
  reference: LeaseReference,
  clock: VirtualClock,
  accounts: ReadonlyMap<Name, MintAccount>,
  broken: (error: unknown) => void,
): SecretSource {
  const { config } = reference;
  /** What was asked since the close. */
  const again = new Set<string>();

  function guarded(check: () => void): void {
    try {
      check();
    } catch (error) {
      // Thrown here, the engine would take it for the store's.
      broken(error);
    }
  }

  /** No storms: of one kind, about one secret or lease, never less than 100 ms apart. */
  function departs(what: string): void {
    const now = clock.now();
    const before = reference.asked.get(what) ?? Number.NEGATIVE_INFINITY;
    // Where its refusal was pushed out, a secret is asked for again: nothing was made.
    const isForgotten = config.evicting && what.startsWith("mint");
    // The close breaks off a revocation that is under way, and asks once more: nobody knows what became of it.
    const isLast = reference.closed === "revoked" && what.startsWith("revoke") && !again.has(what);
    if (isLast) again.add(what);
    if (now - before < 100 && !isForgotten && !isLast) broken(new Error(`${what}: again after ${now - before} ms`));
    if (reference.closed !== "no" && !(what.startsWith("revoke") && reference.closed === "revoked")) {
      broken(new Error(`${what}: after close()`));
    }
    reference.asked.set(what, now);
    reference.lastCall = now;
  }

  /** Gives the answer when it arrives; rejects where nobody wants it any more. */
  async function travels<T>(answer: T, { signal }: SourceContext, hangs = false): Promise<T> {
    reference.underWay += 1;
    try {
      const ms = hangs ? Number.POSITIVE_INFINITY : reference.latencyMs;
      const ended = ms === 0 ? (signal.aborted ? "aborted" : "elapsed") : await sleep(clock, ms, signal);
      if (ended === "elapsed") return answer;
      reference.lastTrouble = clock.now();
      throw signal.reason;
    } finally {
      reference.underWay -= 1;
    }
  }

  function fails(failure: SourceFailure): SourceFailure {
    reference.lastTrouble = clock.now();
    return failure;
  }

  function make(name: Name): Credential {
    const number = reference.credentials.length;
    const madeAt = clock.now();
    const made: Credential = {
      id: `lease-${number}`,
      name,
      number,
      madeAt,
      endsAt: madeAt + config.ttlMs,
      over: false,
      revoked: false,
      deliveredAt: undefined,
      replacedAt: undefined,
      toldOverAt: Number.POSITIVE_INFINITY,
      refused: false,
    };
    reference.credentials.push(made);
    return made;
  }

  async function mint(name: Name, context: SourceContext): Promise<SecretRecord | SourceFailure> {
    const startedAt = clock.now();
    const account = accounts.get(name) ?? new MintAccount();
    let takeBack = () => {};
    departs(`mint ${name}`);
    guarded(() => {
      takeBack = account.mint(startedAt);
    });
    const weather = reference.minting;
    if (weather === "unreachable" || weather === "denies" || weather === "throttles") {
      const no: SourceFailure =
        weather === "denies"
          ? { failure: "access-denied" }
          : weather === "throttles"
            ? { failure: "throttled", retryAfterMs: 7000 }
            : unreachable;
      const answer = await travels(no, context);
      takeBack();
      return fails(answer);
    }
    const made = make(name);
    await travels(undefined, context, weather === "hangs");
    if (weather === "throws") {
      reference.lastTrouble = clock.now();
      throw new Error("the store is broken");
    }
    if (weather === "loses answers") return fails(reset);
    reference.lastSuccess = clock.now();
    account.arrived(startedAt, config.ttlMs);
    made.deliveredAt = clock.now();
    reference.give(name, made, clock.now());
    const { id, number } = made;
    return { payload: `credential ${number}`, lease: { id, ttlMs: config.ttlMs, renewable: config.renewable } };
  }

  async function renew(id: string, context: SourceContext): Promise<Lease | SourceFailure> {
    departs(`renew ${id}`);
    const credential = reference.credentials.find((one) => one.id === id);
    if (credential === undefined) {
      broken(new Error(`${id} was never granted`));
      return { failure: "not-found" };
    }
    const now = clock.now();
    const weather = reference.renewing;
    const isOver = credential.over || credential.revoked || now >= credential.endsAt;
    await travels(undefined, context, weather === "hangs");
    if (weather === "throws") {
      reference.lastTrouble = clock.now();
      throw new Error("the store is broken");
    }
    if (weather === "unreachable") return fails(unreachable);
    if (weather === "refuses") return fails({ failure: "access-denied" });
    if (isOver) {
      credential.toldOverAt = clock.now();
      return fails({ failure: "not-found" });
    }
    reference.lastSuccess = clock.now();
    const ttlMs = weather === "truncates" ? config.ttlMs / 2 : config.ttlMs;
    credential.endsAt = now + ttlMs;
    return { id, ttlMs, renewable: weather !== "last time" };
  }

  async function revoke(id: string, context: SourceContext): Promise<void | SourceFailure> {
    departs(`revoke ${id}`);
    const credential = reference.credentials.find((one) => one.id === id);
    guarded(() => checkRevocation(reference, credential, clock.now()));
    const weather = reference.revoking;
    await travels(undefined, context);
    if (weather === "unreachable") return fails(unreachable);
    if (weather === "refuses") return { failure: "access-denied" };
    if (credential !== undefined) credential.revoked = true;
  }

  return {
    specVersion: 1,
    kind: "minting",
    traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: true },
    read: (ref, context) => mint(nameOf(ref.name), context),
    leases: { renew, revoke },
    classify: () => undefined,
  };
}

/** The second member of a fallback: always there, and without leases. */
export function staticStore(reference: LeaseReference, clock: VirtualClock): SecretSource {
  return {
    specVersion: 1,
    kind: "static",
    traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
    async read(ref) {
      reference.give(nameOf(ref.name), "static", clock.now());
      return { payload: "static" };
    },
    classify: () => undefined,
  };
}

function nameOf(text: string): Name {
  const name = names.find((one) => one === text);
  if (name === undefined) throw new Error(`the store was asked for ${text}`);
  return name;
}
