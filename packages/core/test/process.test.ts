import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function start(program: string): ChildProcess {
  const path = fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", path], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env.PATH },
  });
  children.push(child);
  return child;
}

/** What it prints, and how it ends by itself. */
async function run(program: string): Promise<{ readonly code: number | null; readonly printed: string }> {
  const child = start(program);
  let printed = "";
  child.stdout?.on("data", (chunk) => {
    printed += chunk;
  });
  const [code] = await once(child, "close");
  return { code, printed: printed.trim() };
}

describe("a program", () => {
  test("that only reads ends by itself, with no timer left", async () => {
    const before = performance.now();
    expect(await run("only-reads")).toEqual({ code: 0, printed: "db other false" });
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  test.each(["waits-for-a-retry", "waits-for-a-deadline"])("that %s at its top level gets there", async (program) => {
    // 13 is what Node says when a top-level await never ends.
    expect(await run(program)).toEqual({ code: 0, printed: "db" });
  });

  test("that closes has no handle left, whatever was under way", async () => {
    const { code, printed } = await run("closes");
    expect(code).toBe(0);
    const { before, after, busy, codes } = JSON.parse(printed) as Record<string, unknown>;
    expect(busy).toBe(true);
    expect(after).toEqual(before);
    expect(codes).toEqual(["closed", "closed"]);
  });
});

test("a process that was stopped for longer than the ttl reads afresh", async () => {
  const child = start("is-stopped");
  if (child.stdout === null || child.stdin === null) throw new Error("it has no pipes");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  expect(await next()).toBe("1");
  expect(await next()).toBe("1");
  child.kill("SIGSTOP");
  await sleep(1200);
  child.kill("SIGCONT");
  child.stdin.write("read\n");
  expect(await next()).toBe("2");
});
