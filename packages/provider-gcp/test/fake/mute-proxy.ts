import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface MuteConnection {
  /** The client's end of it. */
  readonly socket: Socket;
  /** Nothing that is sent over it arrives any more, and neither end is told. */
  isMute: boolean;
  /** Something was sent over it since. */
  hasLost: boolean;
}

export interface MuteProxy extends AsyncDisposable {
  readonly url: string;
  /** All that there have been, in their order. */
  readonly connections: readonly MuteConnection[];
  /** Those that the client has not ended. */
  readonly open: () => readonly MuteConnection[];
  /** What is on the way between two machines forgets the connections that there are. New ones work. */
  forget(): void;
  close(): Promise<void>;
}

/** Passes bytes on, until it no longer does. Nobody is told of that, as `heal()` of the wire kit's proxy tells those concerned. */
export async function startMuteProxy(port: number): Promise<MuteProxy> {
  const connections: MuteConnection[] = [];
  const server = createServer((socket) => {
    const connection: MuteConnection = { socket, isMute: false, hasLost: false };
    connections.push(connection);
    const upstream = connect(port, "127.0.0.1");
    const both = [
      [socket, upstream],
      [upstream, socket],
    ] as const;
    for (const [from, to] of both) {
      from.on("data", (chunk) => {
        if (connection.isMute) connection.hasLost = true;
        else to.write(chunk);
      });
      from.on("end", () => void (connection.isMute || to.end()));
      from.on("error", () => {});
    }
    socket.on("close", () => upstream.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const open = () => connections.filter(({ socket }) => !socket.closed);

  async function close(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    for (const { socket } of open()) socket.destroy();
    await closed;
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    open,
    forget() {
      for (const connection of connections) connection.isMute = true;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
