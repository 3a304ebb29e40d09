import { type FaultyServer, type FaultyServerOptions, startWireServer } from "@secretsource/conformance/wire";
import { FakeVault } from "./fake-vault.ts";

export interface RunningFake extends AsyncDisposable {
  readonly vault: FakeVault;
  readonly server: FaultyServer;
  readonly address: string;
  /** Paths of the requests so far, below `/v1/`, with their method: `GET secret/data/a`. */
  readonly asked: () => string[];
}

/** The fake behind a real HTTP server on the loopback. */
export async function startFake(now?: () => number, options: FaultyServerOptions = {}): Promise<RunningFake> {
  const vault = new FakeVault(now);
  const server = await startWireServer(vault.handle, options);
  return {
    vault,
    server,
    address: server.url,
    asked: () => server.requests.map(({ method, url }) => `${method} ${url.replace("/v1/", "")}`),
    [Symbol.asyncDispose]: () => server.close(),
  };
}
