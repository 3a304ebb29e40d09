import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { startFaultProxy } from "@secretsource/conformance/wire";
import { fakeRegion } from "./fake-secrets-manager.ts";
import { testCredentials } from "./json-service.ts";
import type { SecretsManagerStore } from "./secrets-manager-harness.ts";

/** The administrator of a server at this address, through the SDK, and a proxy in front of it for the source. */
export async function secretsManagerServer(url: string): Promise<SecretsManagerStore> {
  const front = await startFaultProxy({ to: url });
  const client = new SecretsManagerClient({ region: fakeRegion, endpoint: url, credentials: testCredentials });
  const payloadInput = (payload: string | Uint8Array) =>
    typeof payload === "string" ? { SecretString: payload } : { SecretBinary: payload };

  async function put(name: string, payload: string | Uint8Array, stages?: string[]): Promise<string> {
    try {
      const input = { SecretId: name, ...payloadInput(payload), ...(stages && { VersionStages: stages }) };
      return (await client.send(new PutSecretValueCommand(input))).VersionId ?? "";
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      return (await client.send(new CreateSecretCommand({ Name: name, ...payloadInput(payload) }))).VersionId ?? "";
    }
  }

  async function versionAt(name: string, label: string): Promise<string | undefined> {
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    return Object.entries(VersionIdsToStages).find(([, labels]) => labels.includes(label))?.[0];
  }

  async function move(name: string, label: string, to: string | undefined): Promise<void> {
    const from = await versionAt(name, label);
    if (from === to) return;
    const ends = { ...(from && { RemoveFromVersionId: from }), ...(to && { MoveToVersionId: to }) };
    await client.send(new UpdateSecretVersionStageCommand({ SecretId: name, VersionStage: label, ...ends }));
  }

  return {
    front,
    put,
    async stage(name, payload) {
      // ministack leaves it at the version that was pending before as well; the service moves it (API_PutSecretValue).
      const before = await versionAt(name, "AWSPENDING").catch(() => undefined);
      if (before !== undefined) await move(name, "AWSPENDING", undefined);
      return put(name, payload, ["AWSPENDING"]);
    },
    moveCurrentTo: async (name, label) => move(name, "AWSCURRENT", await versionAt(name, label)),
    label: move,
    async remove(name) {
      await client.send(new DeleteSecretCommand({ SecretId: name }));
    },
    async end() {
      client.destroy();
      await front.close();
    },
  };
}
