import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { makeAuthority } from "@secretsource/conformance/wire";
import { expect, test } from "vitest";
import { connect } from "../../test/connect.ts";
import { reply } from "../../test/fake/reply.ts";
import { temporaryFiles } from "../../test/temporary-files.ts";
import { vaultDefaults } from "../defaults.ts";

test("close() ends what is under way and what waits for a socket; nothing is sent afterwards", async () => {
  await using at = await connect({});
  await at.read();
  let arrived = 0;
  let open = () => {};
  const opened = new Promise<void>((settle) => {
    open = settle;
  });
  at.vault.mounts.set("slow/", {
    async handle() {
      arrived += 1;
      await opened;
      return reply({ data: {} });
    },
  });
  const calls = Array.from({ length: 3 * vaultDefaults.sockets }, () => at.call({ path: ["slow", "a"] }));
  await expect.poll(() => arrived).toBe(vaultDefaults.sockets);
  await at.connection.close();
  // The server holds all the others: the revocation has not waited for them.
  expect(at.vault.tokens.revoked).toHaveLength(1);
  const said = await Promise.all(calls);
  for (const one of said) {
    expect(one).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("closed") });
  }
  open();
  await new Promise((settle) => setTimeout(settle, 50));
  expect(arrived).toBe(vaultDefaults.sockets);
});

test("a file that hangs at the first call holds up neither who gives up nor close(), and nothing is sent when it comes", async () => {
  const { ca } = await makeAuthority();
  const files = temporaryFiles();
  const caFile = `${files.fileOf("")}-pipe`;
  execFileSync("mkfifo", [caFile]);
  await using at = await connect({}, { agent: true, login: undefined, tls: { caFile } });
  await expect(at.read("a", AbortSignal.timeout(50))).rejects.toThrow();
  const waiting = at.read();
  await at.connection.close();
  // Whoever reads it is let go.
  writeFileSync(caFile, ca);
  expect(await waiting).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("closed") });
  expect(at.asked()).toEqual([]);
  files.remove();
});
