import type { SourceFailure } from "@secretsource/core/source";
import type { Clock } from "@secretsource/core/source-kit";
import { vaultDefaults } from "../defaults.ts";
import { type Stopwatch, startStopwatch } from "../token/stopwatch.ts";
import type { TlsMaterial } from "../transport/endpoint.ts";
import { isUsableTls } from "../transport/usable-tls.ts";
import { loadTls } from "./load-tls.ts";
import type { TlsSettings } from "./tls-options.ts";
import { stampOf } from "./tls-stamp.ts";
import { warnOfUnusableFiles } from "./unusable-files-warning.ts";

/** The files of a TLS connection, read again when they have changed: whoever renews a certificate restarts nobody. */
export class TlsFiles {
  readonly #settings: TlsSettings;
  readonly #clock: Clock;
  readonly #hasFiles: boolean;
  /** Of the files that are in use. */
  #stamp: string | undefined;
  #lastLook: Stopwatch | undefined;
  #unusableSince: Stopwatch | undefined;
  #isWarned = false;
  #looking: { readonly done: Promise<void>; readonly since: Stopwatch } | undefined;

  constructor(settings: TlsSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#hasFiles = [settings.ca, settings.cert, settings.key].some((place) => place && !("pem" in place));
  }

  async load(): Promise<TlsMaterial | SourceFailure> {
    // Before they are read: what is written in between is seen as a change.
    this.#stamp = this.#hasFiles ? await stampOf(this.#settings) : undefined;
    this.#lastLook = startStopwatch(this.#clock);
    return loadTls(this.#settings);
  }

  /** The next call looks, however soon it comes: a server may have refused a certificate that is renewed by now. */
  lookSoon(): void {
    this.#lastLook = undefined;
  }

  /** Hands over what has changed, once for all who wait for one look. Undefined: none is due. Never rejects. */
  look(use: (tls: TlsMaterial) => void): Promise<void> | undefined {
    if (!this.#hasFiles) return undefined;
    // A folder of the network may hang: calls go on with what is there.
    if (this.#looking !== undefined && this.#looking.since.passedMs >= vaultDefaults.tlsFilesMs) return undefined;
    if (this.#looking !== undefined) return this.#looking.done;
    if (this.#lastLook !== undefined && this.#lastLook.passedMs < vaultDefaults.tlsFilesMs) return undefined;
    const since = startStopwatch(this.#clock);
    this.#lastLook = since;
    const done = this.#lookNow(use).finally(() => {
      this.#looking = undefined;
    });
    this.#looking = { done, since };
    return done;
  }

  async #lookNow(use: (tls: TlsMaterial) => void): Promise<void> {
    const stamp = await stampOf(this.#settings);
    if (stamp === this.#stamp) return this.#isGood();
    const tls = await loadTls(this.#settings);
    // A file may be half written, or the key not yet the certificate's: what was good is used on, and looked for again.
    if ("failure" in tls) return this.#keepLast(tls.advice);
    if (!isUsableTls(tls) || stamp !== (await stampOf(this.#settings))) return this.#keepLast();
    this.#stamp = stamp;
    this.#isGood();
    use(tls);
  }

  #isGood(): void {
    this.#unusableSince = undefined;
    this.#isWarned = false;
  }

  #keepLast(why?: string): void {
    this.#unusableSince ??= startStopwatch(this.#clock);
    // Files that are being written are whole at the next look: only what stays is worth a word, and one is enough.
    if (this.#isWarned || this.#unusableSince.passedMs < vaultDefaults.tlsFilesMs) return;
    this.#isWarned = true;
    warnOfUnusableFiles(why);
  }
}
