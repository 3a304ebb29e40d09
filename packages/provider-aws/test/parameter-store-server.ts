import {
  DeleteParameterCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { startFaultProxy } from "@secretsource/conformance/wire";
import { fakeRegion } from "./fake-secrets-manager.ts";
import { testCredentials } from "./json-service.ts";
import type { ParameterStoreStore } from "./parameter-store-harness.ts";

/** The administrator of a server at this address, through the SDK, and a proxy in front of it for the source. */
export async function parameterStoreServer(url: string): Promise<ParameterStoreStore> {
  const front = await startFaultProxy({ to: url });
  const client = new SSMClient({ region: fakeRegion, endpoint: url, credentials: testCredentials });
  return {
    front,
    async put(name, value) {
      const input = { Name: name, Value: value, Type: "SecureString", Overwrite: true } as const;
      return String((await client.send(new PutParameterCommand(input))).Version);
    },
    async label(name, label, id) {
      const input = { Name: name, ParameterVersion: Number(id), Labels: [label] };
      await client.send(new LabelParameterVersionCommand(input));
    },
    async remove(name) {
      await client.send(new DeleteParameterCommand({ Name: name }));
    },
    async end() {
      client.destroy();
      await front.close();
    },
  };
}
