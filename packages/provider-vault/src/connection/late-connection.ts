import type { SourceFailure } from "@secretsource/core/source";
import type { Clock } from "@secretsource/core/source-kit";
import { LatePart } from "../loading/late-part.ts";
import { connectionClosed } from "../token/connection-closed.ts";
import { raced } from "../token/raced.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionSettings } from "./connection-settings.ts";

export type Calls = typeof import("../vault-calls.ts");

/** Does some work with what makes the calls. @throws what the signal was aborted with. */
export type Calling<Through> = <Result>(
  signal: AbortSignal,
  work: (through: Through) => Promise<Result>,
) => Promise<Result | SourceFailure>;

const theCalls = /* @__PURE__ */ new LatePart<Calls>(() => import("../vault-calls.ts"));

/** A connection that its first call makes: all that a call needs is loaded with that, and nothing of it before. */
export class LateConnection {
  readonly clock: Clock;
  readonly #settings: ConnectionSettings;
  readonly #calls: LatePart<Calls>;
  #connection: Connection | undefined;
  #isLoaded = false;
  #isClosed = false;

  constructor(settings: ConnectionSettings, calls = theCalls) {
    this.clock = settings.clock;
    this.#settings = settings;
    this.#calls = calls;
  }

  /** How one source calls. What `make` gives is kept: only the first call waits for it. */
  calling<Through>(make: (calls: Calls, connection: Connection) => Through): Calling<Through> {
    let through: Through | undefined;
    const first: Calling<Through> = async (signal, work) => {
      const opened = await this.#open(signal);
      if (opened.failure !== undefined) return opened;
      through ??= make(opened.calls, opened.connection);
      return work(through);
    };
    return (signal, work) => (through === undefined ? first(signal, work) : work(through));
  }

  /** A source's `load`: never rejects, since the call says what it lacks, and brings nothing after a close. */
  load(): Promise<void> | undefined {
    return this.#isLoaded || this.#isClosed ? undefined : this.#load();
  }

  async #load(): Promise<void> {
    const calls = await this.#calls.load();
    if ("failure" in calls) return;
    this.#isLoaded = !("failure" in (await calls.nodeVault.load()));
  }

  /** Of one that has made no call, nothing is there to be closed, and nothing is loaded for it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#connection?.close();
  }

  async #open(signal: AbortSignal): Promise<Opened | SourceFailure> {
    signal.throwIfAborted();
    if (this.#isClosed) return connectionClosed;
    const loaded = await raced(this.#calls.load(), signal);
    if ("failure" in loaded) return loaded;
    // In the meantime.
    if (this.#isClosed) return connectionClosed;
    this.#connection ??= new loaded.Connection(this.#settings);
    return { calls: loaded, connection: this.#connection };
  }
}

interface Opened {
  readonly calls: Calls;
  readonly connection: Connection;
  readonly failure?: undefined;
}
