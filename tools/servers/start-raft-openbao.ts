import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { baoHealth, putToBao } from "./bao-requests.ts";
import { demandInstalled } from "./installed.ts";
import { pythonProgram } from "./places.ts";
import { reservePort } from "./reserved-port.ts";
import { type ServerProcess, startProcess } from "./server-process.ts";
import type { RunningOpenBao } from "./start-openbao.ts";

/** A server whose data survives it: for kills, restarts and seals. */
export interface RaftOpenBao extends RunningOpenBao {
  /** Starts it again, on the same port and data; sealed. */
  readonly restart: () => Promise<void>;
  /** Resolves when it serves. */
  readonly unseal: () => Promise<void>;
}

const servesWithinMs = 30_000;

/** Starts OpenBao with its data in a temporary folder, initialised and unsealed. */
export async function startRaftOpenBao(): Promise<RaftOpenBao> {
  demandInstalled();
  const [api, cluster] = await Promise.all([reservePort(), reservePort()]);
  const folder = mkdtempSync(join(tmpdir(), "openbao-raft-"));
  const url = `http://127.0.0.1:${api.port}`;
  const configuration = join(folder, "server.json");
  mkdirSync(join(folder, "data"));
  writeFileSync(
    configuration,
    JSON.stringify({
      storage: { raft: { path: join(folder, "data"), node_id: "one" } },
      listener: {
        tcp: {
          address: `127.0.0.1:${api.port}`,
          cluster_address: `127.0.0.1:${cluster.port}`,
          tls_disable: true,
        },
      },
      api_addr: url,
      cluster_addr: `http://127.0.0.1:${cluster.port}`,
    }),
  );
  let running: ServerProcess | undefined;

  async function start(): Promise<void> {
    running = await startProcess({
      name: "openbao with raft",
      command: pythonProgram("bao"),
      args: ["server", `-config=${configuration}`],
      isReady: async () => (await baoHealth(url)) !== undefined,
    });
  }

  async function stop(): Promise<void> {
    await running?.stop();
    for (const { release } of [api, cluster]) release();
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    await start();
    const shares = { secret_shares: 1, secret_threshold: 1 };
    const made = await putToBao<{ keys: [string]; root_token: string }>(url, "sys/init", shares);
    const unseal = async () => {
      await putToBao(url, "sys/unseal", { key: made.keys[0] });
      await untilItServes(url);
    };
    await unseal();
    return {
      port: api.port,
      url,
      token: made.root_token,
      log: () => running?.log() ?? "",
      kill: async () => running?.kill(),
      restart: start,
      unseal,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A moment after it is unsealed: it has to become the leader of its own cluster first. */
async function untilItServes(url: string): Promise<void> {
  for (const until = Date.now() + servesWithinMs; Date.now() < until; await delay(100)) {
    if ((await baoHealth(url).catch(() => undefined)) === 200) return;
  }
  throw new Error("OpenBao was unsealed and does not serve");
}
