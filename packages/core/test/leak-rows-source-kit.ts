import { Agent } from "node:http";
import {
  endKeptConnections,
  invalidOptions,
  isCertificateCode,
  isNetworkCode,
  notLoaded,
  OnFirstCall,
  parseDuration,
  readOptions,
  retryAfterMs,
  untilAborted,
  uriSettings,
} from "../src/source-kit/index.ts";
import { canary, type Drive, plainCanary } from "./leak-harness.ts";
import { outcomeOf, rootRows } from "./leak-rows-root.ts";

const throwing = {
  get region(): string {
    throw new Error(canary);
  },
};

/** One row per value of `./source-kit`: each is given what it has to refuse. */
export const sourceKitRows: Readonly<Record<string, Drive>> = {
  SecretsError: rootRows.SecretsError as Drive,
  OnFirstCall: async () => {
    const onCall = new OnFirstCall(() => Promise.reject(new Error(canary)));
    const { signal } = new AbortController();
    return [onCall, await onCall.make(signal, () => Promise.reject(new Error("Nothing is loaded.")))];
  },
  endKeptConnections: () => [endKeptConnections(new Agent())],
  invalidOptions: async () => [await outcomeOf(() => invalidOptions("Give a region."))],
  isCertificateCode: () => [isCertificateCode(canary)],
  isNetworkCode: () => [isNetworkCode(canary)],
  notLoaded: () => [
    notLoaded("The SDK", Object.assign(new Error(canary), { code: canary })),
    notLoaded("The SDK", Object.assign(new Error(plainCanary), { code: plainCanary })),
    notLoaded("The SDK", canary),
  ],
  parseDuration: async () => [await outcomeOf(() => parseDuration(canary, "ttl"))],
  readOptions: async () => [
    await outcomeOf(() => readOptions(throwing, ["region"], "The options of someSource()")),
    await outcomeOf(() => readOptions(canary, ["region"], "The options of someSource()")),
    await outcomeOf(() => readOptions({ region: canary, other: canary }, ["region"], "The options of someSource()")),
  ],
  retryAfterMs: () => [retryAfterMs(canary, canary)],
  untilAborted: async () => [
    await outcomeOf(() => untilAborted(AbortSignal.abort(), async () => canary)),
    await outcomeOf(() => untilAborted(AbortSignal.abort(), () => Promise.reject(new Error(canary)))),
  ],
  uriSettings: async () => [
    await outcomeOf(() => uriSettings(`store:?token=${plainCanary}`, "store", ["region"])),
    await outcomeOf(() => uriSettings(`store:?region=a&region=${plainCanary}`, "store", ["region"])),
    await outcomeOf(() => uriSettings(plainCanary, "store", ["region"])),
    await outcomeOf(() => uriSettings(canary, "store", ["region"])),
  ],
};
