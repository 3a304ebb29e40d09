import type { SecretRef } from "@secretsource/core/source";
import { awsFailure } from "./aws-failures.ts";
import type { ParameterStoreClients } from "./parameter-store-clients.ts";
import type { ParameterStoreMethods } from "./parameter-store-methods.ts";
import { isTree } from "./parameter-tree.ts";
import { readParameter } from "./read-parameter.ts";
import { readParameters } from "./read-parameters.ts";
import { readTree } from "./read-tree.ts";
import { readWithExpiry } from "./read-with-expiry.ts";
import { givenClient } from "./service-clients.ts";
import type { SourceCalls } from "./source-calls.ts";

/** By a client that was handed in. */
export function givenParameterStore(client: ParameterStoreMethods, expiryDates: boolean): SourceCalls {
  return parameterStoreCalls(givenClient(client), expiryDates);
}

export function parameterStoreCalls(clients: ParameterStoreClients, expiryDates: boolean): SourceCalls {
  const { clearText } = clients;
  const readOne = expiryDates ? readWithExpiry : readParameter;
  const readerFor = ({ name }: SecretRef) => (isTree(name) ? readTree : readOne);
  return {
    read: async (ref, { signal }) => clearText.told(await readerFor(ref)(clients, ref, signal)),
    readBatch: async (refs, { signal }) => clearText.toldOf(await readParameters(clients, refs, signal)),
    classify: (error) => awsFailure(error),
    close: () => clients.close(),
  };
}
