import type { Customer } from "./customer.ts";
import type { KeyRing } from "./key-ring.ts";
import { ownHmac, ownToken } from "./own-hmac.ts";
import type { SecretValues, SigningKey } from "./secret-values.ts";

/** One kind of request; true where the answer is what it must be by the driver's own reckoning. */
export interface Case {
  readonly what: string;
  readonly run: (customer: Customer, world: World, round: number) => Promise<boolean>;
}

/** What the driver knows. */
export interface World {
  readonly values: SecretValues;
  readonly ring: KeyRing;
}

export const cases: readonly Case[] = [
  {
    what: "a token is issued, with the right signature",
    async run(customer, { values, ring }, round) {
      const subject = `user-${round}`;
      const headers = { "x-issuer-key": values.issuerKey };
      const signers = ring.signers;
      const { status, text } = await customer.send({ method: "POST", path: "/tokens", headers, body: subject });
      const { token } = JSON.parse(text) as { token: string };
      const claims = JSON.parse(atob(token.split(".")[0] ?? "")) as { subject: string; keyId: string };
      // Also where the keys were swapped while the request was under way.
      const signer = [...signers, ...ring.signers].find(({ id }) => id === claims.keyId);
      return status === 201 && claims.subject === subject && !!signer && token === (await ownToken(signer.key, claims));
    },
  },
  {
    what: "a wrong API key is refused",
    async run(customer, { values }) {
      const headers = { "x-issuer-key": values.receiptKey };
      return (await customer.send({ method: "POST", path: "/tokens", headers, body: "mallory" })).status === 401;
    },
  },
  {
    what: "a token of the key in use is recognised",
    run: (customer, { ring }, round) => isRecognised(customer, ring.good.at(-1), `user-${round}`),
  },
  {
    what: "a token of the key before it is recognised",
    run: (customer, { ring }, round) => isRecognised(customer, ring.good[0], `user-${round}`),
  },
  {
    what: "a token of a retired key, or a forged one, is refused",
    async run(customer, { values, ring }, round) {
      const forged = { id: ring.signers[0]?.id ?? "", key: values.acmeKey };
      const signers = [...ring.retired, forged];
      return (await me(customer, await tokenOf(signers[round % signers.length] ?? forged, "mallory"))).status === 401;
    },
  },
  {
    what: "an expired token is refused",
    async run(customer, { ring }) {
      const [signer] = ring.signers;
      return signer !== undefined && (await me(customer, await tokenOf(signer, "late", 1))).status === 401;
    },
  },
  {
    what: "a partner's signed webhook is accepted",
    async run(customer, { values: { acmeKey, globexKey } }, round) {
      const [partner, key] = round % 2 === 0 ? ["acme", acmeKey] : ["globex", globexKey];
      return (await webhook(customer, partner, key, round)).status === 204;
    },
  },
  {
    what: "a webhook signed by another partner is refused",
    run: async (customer, { values }, round) =>
      (await webhook(customer, "acme", values.globexKey, round)).status === 401,
  },
  {
    what: "an unknown partner is not found",
    run: async (customer, { values }, round) =>
      (await webhook(customer, "hooli", values.acmeKey, round)).status === 404,
  },
  {
    what: "a partner with a damaged secret gets an error, not an empty key",
    run: async (customer, _, round) => (await webhook(customer, "initech", "", round)).status === 500,
  },
];

async function isRecognised(customer: Customer, signer: SigningKey | undefined, subject: string): Promise<boolean> {
  if (signer === undefined) return false;
  const { status, text } = await me(customer, await tokenOf(signer, subject));
  return status === 200 && text === JSON.stringify({ subject });
}

function tokenOf({ id, key }: SigningKey, subject: string, expires = inAnHour()): Promise<string> {
  return ownToken(key, { subject, keyId: id, expires });
}

function inAnHour(): number {
  return Math.floor(Date.now() / 1000) + 3600;
}

function me(customer: Customer, token: string) {
  return customer.send({ method: "GET", path: "/me", headers: { authorization: `Bearer ${token}` } });
}

async function webhook(customer: Customer, partner: string, key: string, round: number) {
  const body = JSON.stringify({ event: round });
  const signature = key === "" ? "" : await ownHmac(key, body);
  const headers = { "x-signature": signature };
  return customer.send({ method: "POST", path: `/webhooks/${partner}`, headers, body });
}
