/** Ends a subscription. Idempotent; the listener is not called again once this has returned. */
export type Unsubscribe = () => void;

interface Subscription<E> {
  readonly listener: (event: E) => unknown;
  /** The number of the last event emitted before it: it hears only later ones. */
  readonly since: number;
}

/**
 * Tells each event to every listener, in order and at once. A listener that throws, rejects, emits, subscribes or
 * unsubscribes changes nothing for the others, for the order, or for the one who emits.
 */
export class Emitter<E> {
  readonly #subscriptions = new Set<Subscription<E>>();
  readonly #queue: { readonly event: E; readonly number: number }[] = [];
  #emitted = 0;

  on(listener: (event: E) => unknown): Unsubscribe {
    const subscription = { listener, since: this.#emitted };
    this.#subscriptions.add(subscription);
    return () => {
      this.#subscriptions.delete(subscription);
    };
  }

  emit(event: E): void {
    this.#emitted += 1;
    this.#queue.push({ event, number: this.#emitted });
    // Emitted by a listener: it waits until everybody has heard the event before it.
    if (this.#queue.length > 1) return;
    for (const next of this.#queue) this.#tell(next.event, next.number);
    this.#queue.length = 0;
  }

  #tell(event: E, number: number): void {
    for (const { listener, since } of this.#subscriptions) {
      if (since < number) callQuietly(listener, event);
    }
  }
}

function callQuietly<E>(listener: (event: E) => unknown, event: E): void {
  try {
    const result = listener(event);
    if (result !== undefined) Promise.resolve(result).catch(ignore);
  } catch {
    // A listener's own trouble: nobody else can do anything about it.
  }
}

function ignore(): void {}
