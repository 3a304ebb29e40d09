export interface AwsFigures {
  readonly cold: ColdReads;
  /** With a service that takes some time to answer: elapsed microseconds for one read, medians. */
  readonly slowService: {
    readonly delayMs: number;
    readonly sdkMicros: number;
    readonly oursMicros: number;
    readonly toSdk: number;
  };
  readonly imports: ImportTimes;
  readonly loaded: LoadedModules;
  readonly calls: readonly CallCount[];
  readonly behaviours: readonly Behaviour[];
}

/** The processor's time of one read, in microseconds, medians over the quiet rounds; the difference is taken within a round. */
export interface ColdReads {
  readonly rounds: number;
  readonly readsPerRound: number;
  readonly sdkMicros: number;
  readonly oursMicros: number;
  readonly addedMicros: number;
}

/** The processor's time that an import adds to a program that has imported the core. */
export interface ImportTimes {
  readonly runs: number;
  readonly providerMs: number;
  readonly sdkMs: number;
}

/** Modules of the SDK. */
export interface LoadedModules {
  readonly afterImport: number;
  readonly afterMaking: number;
  readonly afterRead: number;
}

/** Requests that arrived at the service. */
export interface CallCount {
  readonly what: string;
  readonly ours: number;
  readonly powertools: number;
  readonly middy: number | undefined;
}

/** What a program sees. */
export interface Behaviour {
  readonly what: string;
  readonly ours: string;
  readonly powertools: string;
  readonly middy: string;
}
