export interface FakeTokenRules {
  /** Seconds; undefined: for ever. */
  readonly ttl?: number | undefined;
  /** The most that renewals can come to, from the beginning, seconds. */
  readonly maxTtl?: number | undefined;
  readonly renewable?: boolean | undefined;
  readonly type?: "service" | "batch" | undefined;
  /** May it look itself up? Default: yes, as the policy `default` says. */
  readonly lookUp?: boolean | undefined;
}

export interface FakeToken {
  readonly value: string;
  readonly rules: FakeTokenRules;
  readonly createdAt: number;
  endsAt: number;
}
