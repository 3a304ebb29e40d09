import { ownHmac } from "./own-hmac.ts";

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request over HTTP and checks the receipt that every answer bears. */
export class Customer {
  readonly #origin: string;
  readonly #receiptKey: string;
  readonly #signal: AbortSignal;

  constructor(origin: string, receiptKey: string, signal: AbortSignal) {
    this.#origin = origin;
    this.#receiptKey = receiptKey;
    this.#signal = signal;
  }

  async send({ path, ...call }: Call): Promise<Reply> {
    const response = await fetch(`${this.#origin}${path}`, { ...call, signal: this.#signal });
    const text = await response.text();
    const receipt = await ownHmac(this.#receiptKey, `${response.status} ${text}`);
    if (response.headers.get("x-receipt") !== receipt) throw new Error(`The receipt of ${path} is not right`);
    return { status: response.status, text };
  }
}
