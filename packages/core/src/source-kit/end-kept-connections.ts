/** An agent of Node's `http` or `https`. */
interface Keeping {
  readonly freeSockets: { readonly [host: string]: readonly { destroy(): unknown }[] | undefined };
}

/**
 * Ends the connections of an agent that wait for a request, and none that is in use. For a request that got no answer: whatever
 * forgot its connection (a firewall, a failover) may have forgotten those kept beside it, and each would cost an attempt.
 */
export function endKeptConnections({ freeSockets }: Keeping): void {
  for (const socket of Object.values(freeSockets).flatMap((kept = []) => kept)) socket.destroy();
}
