import type { SecretManagerMethods } from "./secret-manager-methods.ts";

/** A client that we made, and close. */
export interface OwnClient extends SecretManagerMethods {
  /** Finds the credentials. Rejects where there are none; such a client is of no further use. */
  initialize(): Promise<unknown>;
  close(): Promise<void>;
}

/** What makes clients that share their credentials. */
export interface OwnClients {
  /** @param location Of regional secrets. */
  makeClient(location: string | undefined): OwnClient;
  /** The project that the credentials belong to. Rejects where they say none. */
  projectId(): Promise<string>;
  /** Ends requests for tokens that are under way. */
  close(): void;
}

export function ownClient(
  client: { close(): Promise<void> },
  methods: SecretManagerMethods,
  { prepare, end }: { readonly prepare: () => Promise<void>; readonly end: () => void },
): OwnClient {
  let isReady = false;
  let isClosed = false;
  return {
    ...methods,
    async initialize() {
      await prepare();
      // One that was closed while it looked for credentials: nobody else would close it.
      if (isClosed && !isReady) await client.close();
      isReady = true;
    },
    async close() {
      isClosed = true;
      // One without credentials has no channel, and would reject.
      if (isReady) await client.close();
      end();
    },
  };
}
