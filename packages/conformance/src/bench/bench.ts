import type { Secrets } from "@secretsource/core";
import type {
  Lease,
  SecretRecord,
  SecretRef,
  SecretSource,
  SourceFailure,
  SourceProbe,
  VersionSelector,
} from "@secretsource/core/source";
import type { FaultName } from "../harness/faults.ts";
import type { RequestCount, SourceHarness } from "../harness/source-harness.ts";
import type { Patience } from "./patience.ts";
import type { Seeding } from "./seeding.ts";

export type Answer = SecretRecord | SourceFailure;

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly bypassCaches?: boolean;
}

/** Where one case takes place: one source, and the store behind it. */
export interface Bench {
  readonly harness: SourceHarness<unknown>;
  readonly source: SecretSource;
  readonly seed: Seeding;
  readonly patience: Patience;
  /** Values and tokens that must not be seen anywhere but in payloads. */
  readonly canaries: ReadonlySet<string>;
  /** A legal name that nobody else uses. */
  name(label?: string): string;
  /** A legal name under which the store has nothing; a certain one, or a new one. */
  absent(name?: string): Promise<string>;
  /** A value that stands nowhere else. */
  value(label?: string): string;
  /** The name of a secret that can be read. */
  given(label?: string): Promise<string>;
  /** One call each, settled within the suite's patience, with what escapes named by `classify`. */
  read(name: string, version?: VersionSelector, options?: CallOptions): Promise<Answer>;
  readBatch(refs: readonly SecretRef[], options?: CallOptions): Promise<readonly (Answer | "alone")[] | SourceFailure>;
  probe(name: string, version?: VersionSelector, options?: CallOptions): Promise<SourceProbe | SourceFailure>;
  renew(leaseId: string, options?: CallOptions): Promise<Lease | SourceFailure>;
  revoke(leaseId: string, options?: CallOptions): Promise<void | SourceFailure>;
  /** A further source in front of the same store. Whoever asks for it closes it. */
  another(): Promise<SecretSource>;
  /** An instance of its own, over a new source in front of the same store. Ends with the case. */
  instance(): Promise<Secrets>;
  fault(name: FaultName): Promise<void>;
  heal(): Promise<void>;
  /** How many requests `work` caused. */
  requestsOf(work: () => Promise<unknown>): Promise<RequestCount>;
  /** The text of what reached the other host of the fault `redirect`. */
  elsewhere(): readonly string[];
  /** How many bytes of too long an answer have been taken. */
  takenBytes(): number;
}
