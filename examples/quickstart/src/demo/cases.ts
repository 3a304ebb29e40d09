import type { Customer } from "./customer.ts";
import { ownHmac, ownToken } from "./own-hmac.ts";
import { type SecretValues, signingKeyId } from "./secret-values.ts";

/** One kind of request; true where the answer is what it must be by the driver's own reckoning. */
export interface Case {
  readonly what: string;
  readonly run: (customer: Customer, values: SecretValues, round: number) => Promise<boolean>;
}

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

export const cases: readonly Case[] = [
  {
    what: "a token is issued, with the right signature",
    async run(customer, { issuerKey, signingKey }, round) {
      const subject = `user-${round}`;
      const headers = { "x-issuer-key": issuerKey };
      const { status, text } = await customer.send({ method: "POST", path: "/tokens", headers, body: subject });
      const { token } = JSON.parse(text) as { token: string };
      const claims = JSON.parse(atob(token.split(".")[0] ?? "")) as { subject: string };
      return status === 201 && claims.subject === subject && token === (await ownToken(signingKey, claims));
    },
  },
  {
    what: "a wrong API key is refused",
    async run(customer, { receiptKey }) {
      const headers = { "x-issuer-key": receiptKey };
      return (await customer.send({ method: "POST", path: "/tokens", headers, body: "mallory" })).status === 401;
    },
  },
  {
    what: "a valid token is recognised",
    async run(customer, { signingKey }, round) {
      const subject = `user-${round}`;
      const token = await ownToken(signingKey, { subject, keyId: signingKeyId, expires: inAnHour() });
      const { status, text } = await me(customer, token);
      return status === 200 && text === JSON.stringify({ subject });
    },
  },
  {
    what: "a forged token is refused",
    async run(customer, { acmeKey }) {
      const token = await ownToken(acmeKey, { subject: "mallory", keyId: signingKeyId, expires: inAnHour() });
      return (await me(customer, token)).status === 401;
    },
  },
  {
    what: "an expired token is refused",
    async run(customer, { signingKey }) {
      const token = await ownToken(signingKey, { subject: "late", keyId: signingKeyId, expires: 1 });
      return (await me(customer, token)).status === 401;
    },
  },
  {
    what: "a partner's signed webhook is accepted",
    async run(customer, { acmeKey, globexKey }, round) {
      const [partner, key] = round % 2 === 0 ? ["acme", acmeKey] : ["globex", globexKey];
      return (await webhook(customer, partner, key, round)).status === 204;
    },
  },
  {
    what: "a webhook signed by another partner is refused",
    run: async (customer, { globexKey }, round) => (await webhook(customer, "acme", globexKey, round)).status === 401,
  },
  {
    what: "an unknown partner is not found",
    run: async (customer, { acmeKey }, round) => (await webhook(customer, "hooli", acmeKey, round)).status === 404,
  },
  {
    what: "a partner with a damaged secret gets an error, not an empty key",
    run: async (customer, _, round) => (await webhook(customer, "initech", "", round)).status === 500,
  },
];

function me(customer: Customer, token: string) {
  return customer.send({ method: "GET", path: "/me", headers: { authorization: `Bearer ${token}` } });
}

async function webhook(customer: Customer, partner: string, key: string, round: number) {
  const body = JSON.stringify({ event: round });
  const signature = key === "" ? "" : await ownHmac(key, body);
  const headers = { "x-signature": signature };
  return customer.send({ method: "POST", path: `/webhooks/${partner}`, headers, body });
}
