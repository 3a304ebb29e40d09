import { type NotLoaded, notLoaded } from "./not-loaded.ts";
import { untilAborted } from "./until-aborted.ts";

/** What the calls of every source need. */
interface Part {
  readonly read: unknown;
  close?(): void | Promise<void>;
}

/** What only the calls of a source need: the first of them loads it, with the SDK. */
export class OnFirstCall<Calls extends Part> {
  readonly #load: () => Promise<Calls>;
  #loading: Promise<Calls> | undefined;
  #loaded: Calls | undefined;
  #isClosed = false;

  /** @param load An `import()` of what nothing else imports, and what it makes. */
  constructor(load: () => Promise<Calls>) {
    this.#load = load;
  }

  /** Undefined before the first call. */
  get loaded(): Calls | undefined {
    return this.#loaded;
  }

  /** A source's `load`: never rejects, since the call says what it lacks, and brings nothing after a close. */
  load(): Promise<void> | undefined {
    const settle = () => {};
    return this.#loaded === undefined && !this.#isClosed ? this.#once().then(settle, settle) : undefined;
  }

  /**
   * Makes a call: at once, where all is here.
   *
   * @throws The signal's reason after an abort.
   */
  make<Answer>(signal: AbortSignal, call: (calls: Calls) => Promise<Answer>): Promise<Answer | NotLoaded> {
    return this.#loaded === undefined ? this.#makeLoaded(signal, call) : call(this.#loaded);
  }

  /** Loads nothing, and leaves nothing of what is being loaded. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#loaded?.close?.();
    await this.#loading?.catch(() => {});
  }

  async #makeLoaded<Answer>(signal: AbortSignal, call: (calls: Calls) => Promise<Answer>): Promise<Answer | NotLoaded> {
    let calls: Calls;
    try {
      calls = await untilAborted(signal, () => this.#once());
    } catch (error) {
      signal.throwIfAborted();
      return notLoaded("The SDK, or a part of this package,", error);
    }
    return call(calls);
  }

  #once(): Promise<Calls> {
    this.#loading ??= this.#load().then(
      async (calls) => {
        if (this.#isClosed) await calls.close?.();
        this.#loaded = calls;
        return calls;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
