/** How far a replicated cluster had come when it answered a write. */
interface State {
  readonly raw: string;
  readonly cluster: string;
  readonly local: number;
  readonly replicated: number;
}

/**
 * What a server of a replicated cluster has to have seen before it may answer us: our own writes, logins among them. By
 * the header `X-Vault-Index`, which only Vault Enterprise sends (its documentation, "Vault Enterprise eventual
 * consistency"): a node that is behind answers 412 instead of the past.
 */
export class ReplicationStates {
  #states: readonly State[] = [];

  /** For the next request. */
  get headers(): Readonly<Record<string, readonly string[]>> {
    return this.#states.length === 0 ? {} : { "x-vault-index": this.#states.map(({ raw }) => raw) };
  }

  record(header: string | undefined): void {
    const state = header === undefined ? undefined : parse(header);
    if (state === undefined) return;
    // Of another cluster (a fail-over to a secondary): what was before says nothing there.
    const ours = this.#states.filter((one) => one.cluster === state.cluster);
    if (ours.some((one) => covers(one, state))) this.#states = ours;
    else this.#states = [...ours.filter((one) => !covers(state, one)), state];
  }
}

function covers(one: State, other: State): boolean {
  return one.local >= other.local && one.replicated >= other.replicated;
}

/** `v1:CLUSTER:LOCAL:REPLICATED:HMAC`, in base64. */
function parse(raw: string): State | undefined {
  const [version, cluster, local, replicated] = Buffer.from(raw, "base64").toString("latin1").split(":");
  const state = { raw, cluster: cluster ?? "", local: Number(local), replicated: Number(replicated) };
  const isKnown = version === "v1" && Number.isSafeInteger(state.local) && Number.isSafeInteger(state.replicated);
  return isKnown && /^[\w+/=]{1,512}$/.test(raw) ? state : undefined;
}
