/**
 * The answer to a question that is asked by many: it is asked once at a time, and the answer is kept. A failure is not
 * kept, and one who waits for longer than `patienceMs` is not joined any more, so that the next one asks anew.
 */
export class KeptAnswer<T> {
  readonly #ask: () => Promise<T>;
  readonly #patienceMs: number;
  #asked: { readonly answer: Promise<T>; readonly atMs: number; isKept: boolean } | undefined;

  constructor(ask: () => Promise<T>, patienceMs: number) {
    this.#ask = ask;
    this.#patienceMs = patienceMs;
  }

  get(): Promise<T> {
    const known = this.#asked;
    if (known?.isKept || (known !== undefined && performance.now() - known.atMs < this.#patienceMs))
      return known.answer;
    const asked = { answer: this.#ask(), atMs: performance.now(), isKept: false };
    this.#asked = asked;
    asked.answer.then(
      () => {
        asked.isKept = true;
      },
      () => {
        if (this.#asked === asked) this.#asked = undefined;
      },
    );
    return asked.answer;
  }
}
