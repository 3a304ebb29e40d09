import {
  base64,
  contextOf,
  type TransitCiphertext,
  type TransitInput,
  type TransitMarked,
  type TransitPlaintext,
  type TransitSigned,
} from "./transit-items.ts";

type Item = Readonly<Record<string, unknown>>;

/** One thing that the engine does with items: how they are sent, and what is taken out of its answer. */
export interface Verb<In, Out> {
  readonly path: string;
  /** The parts that an item cannot be without. */
  readonly needs: readonly string[];
  readonly put: (item: In) => object;
  readonly pick: (item: Item) => Out | undefined;
}

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const ciphertextIn = ({ ciphertext }: Item) => text(ciphertext);
// Of an HMAC that is not the right one, the engine leaves `valid` away.
const validIn = ({ valid = false }: Item) => (typeof valid === "boolean" ? valid : undefined);

// An empty plaintext is one.
function plaintextIn({ plaintext }: Item): Uint8Array | undefined {
  return typeof plaintext === "string" ? Uint8Array.from(Buffer.from(plaintext, "base64")) : undefined;
}

const ciphertextOf = (item: TransitCiphertext) => ({ ciphertext: item.ciphertext, ...contextOf(item) });
const inputOf = ({ input, context }: TransitInput) => ({ input: base64(input), ...contextOf({ context }) });

const encrypt: Verb<TransitPlaintext, string> = {
  path: "encrypt",
  needs: ["plaintext"],
  put: (item) => ({ plaintext: base64(item.plaintext), ...contextOf(item) }),
  pick: ciphertextIn,
};
const decrypt: Verb<TransitCiphertext, Uint8Array> = {
  path: "decrypt",
  needs: ["ciphertext"],
  put: ciphertextOf,
  pick: plaintextIn,
};
const rewrap: Verb<TransitCiphertext, string> = { ...decrypt, path: "rewrap", pick: ciphertextIn };
const sign: Verb<TransitInput, string> = {
  path: "sign",
  needs: ["input"],
  put: inputOf,
  pick: ({ signature }) => text(signature),
};
const verify: Verb<TransitSigned, boolean> = {
  path: "verify",
  needs: ["input", "signature"],
  put: (item) => ({ ...inputOf(item), signature: item.signature }),
  pick: validIn,
};
const hmac: Verb<TransitInput, string> = {
  path: "hmac",
  needs: ["input"],
  put: inputOf,
  pick: ({ hmac: mark }) => text(mark),
};
const verifyHmac: Verb<TransitMarked, boolean> = {
  path: "verify",
  needs: ["input", "hmac"],
  put: (item) => ({ ...inputOf(item), hmac: item.hmac }),
  pick: validIn,
};

export const verbs = { encrypt, decrypt, rewrap, sign, verify, hmac, verifyHmac };

export type Verbs = typeof verbs;
