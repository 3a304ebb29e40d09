import { createSecrets } from "../../src/client/create-secrets.ts";
import type { Secrets } from "../../src/client/secrets.ts";
import type { SecretRecord } from "../../src/source/secret-record.ts";
import type { SecretSource } from "../../src/source/secret-source.ts";
import type { SourceContext } from "../../src/source/source-context.ts";
import type { SourceFailure } from "../../src/source/source-failure.ts";
import type { Duration } from "../../src/time/duration.ts";

type Read = (call: number, context: SourceContext) => Promise<SecretRecord | SourceFailure>;

/** An instance on the machine's own clock, whose source does this. */
export function makeSecrets(read: Read, ttl: Duration = "5m"): Secrets {
  let calls = 0;
  const source: SecretSource = {
    specVersion: 1,
    kind: "program",
    traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
    read(_ref, context) {
      calls += 1;
      return read(calls, context);
    },
    classify: () => undefined,
  };
  return createSecrets({ source, ttl });
}

/** Timers, sockets and whatever else keeps or could keep the process. */
export function handles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => !/^(TTYWrap|PipeWrap|FSReqPromise|CloseReq)$/.test(kind));
}
