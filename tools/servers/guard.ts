// Runs a server for as long as the process that started it lives, however that ends: `node guard.ts COMMAND ARGS...`
import { spawn } from "node:child_process";

const [command = "", ...args] = process.argv.slice(2);
// A group of its own, so that its children end with it.
const server = spawn(command, args, { detached: true, stdio: ["ignore", "inherit", "inherit"] });

function signal(name: NodeJS.Signals): void {
  try {
    if (server.pid !== undefined) process.kill(-server.pid, name);
  } catch {
    // It has ended.
  }
}

server.once("error", ({ message }) => {
  console.error(message);
  process.exit(127);
});
server.once("exit", (code) => {
  signal("SIGKILL");
  process.exit(code ?? 1);
});
process.on("SIGTERM", () => signal("SIGTERM"));
// Its other end is held by the process that started this one, and closes with it.
process.stdin.resume().once("close", () => signal("SIGKILL"));
