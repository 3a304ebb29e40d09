/** What a store allows and what it charges, by its public documentation. */
export interface StoreTerms {
  readonly name: string;
  /** Reads a second, where a quota is documented. */
  readonly readsPerSecond: number | undefined;
  /** How the quota is written there. */
  readonly quota: string;
  /** US dollars for 10,000 reads. */
  readonly per10kReads: number;
  /** US dollars for one secret in one month. */
  readonly perSecretMonth: number;
}

export const stores: readonly StoreTerms[] = [
  {
    name: "AWS Secrets Manager",
    readsPerSecond: 10_000,
    quota: "10,000 a second, per region",
    per10kReads: 0.05,
    perSecretMonth: 0.4,
  },
  {
    name: "AWS Parameter Store, standard throughput",
    readsPerSecond: 40,
    quota: "40 a second, per region",
    per10kReads: 0,
    perSecretMonth: 0,
  },
  {
    name: "AWS Parameter Store, higher throughput",
    readsPerSecond: 10_000,
    quota: "10,000 a second, per region (3,000 on older pages)",
    per10kReads: 0.05,
    perSecretMonth: 0,
  },
  {
    name: "GCP Secret Manager",
    readsPerSecond: 1500,
    quota: "90,000 a minute, per project",
    per10kReads: 0.03,
    perSecretMonth: 0.06,
  },
  {
    name: "Azure Key Vault",
    readsPerSecond: 400,
    quota: "4,000 in 10 s, per vault and region",
    per10kReads: 0.03,
    perSecretMonth: 0,
  },
  {
    name: "HashiCorp Vault, OpenBao",
    readsPerSecond: undefined,
    quota: "none by default",
    per10kReads: 0,
    perSecretMonth: 0,
  },
];

const secondsInMonth = 730 * 3600;

/** US dollars in a month of 730 hours, storage and reads at list price. */
export function monthlyBill(store: StoreTerms, secrets: number, readsPerSecond: number): number {
  return secrets * store.perSecretMonth + ((readsPerSecond * secondsInMonth) / 10_000) * store.per10kReads;
}
