import { strict as assert } from "node:assert";

const nobody = 65_534;

/** Runs as a user whom file modes bind: root reads everything, and a test that runs as root would prove nothing. */
export async function withoutPrivileges<T>(run: () => Promise<T>): Promise<T> {
  const { geteuid, seteuid } = process;
  assert(geteuid && seteuid, "This test needs a system with user ids");
  const own = geteuid.call(process);
  if (own !== 0) return run();
  seteuid.call(process, nobody);
  try {
    return await run();
  } finally {
    seteuid.call(process, own);
  }
}
