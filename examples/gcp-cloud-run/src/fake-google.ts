import { createRequire } from "node:module";
import { type handleUnaryCall, loadPackageDefinition, Server, ServerCredentials, status } from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";

const require = createRequire(import.meta.url);
const protos: object = require("@google-cloud/secret-manager/build/protos/protos.json");
const definition = fromJSON(protos as never, { longs: String, enums: String });

type Access = handleUnaryCall<{ readonly name: string }, object>;

/** As much of Secret Manager as one secret needs, by the protos of the SDK's package. */
export async function fakeGoogle() {
  const values: string[] = [];
  const reads: string[] = [];
  let isDisabled = false;

  const answer: Access = ({ request: { name } }, reply) => {
    const version = name.replace(/latest$/, String(values.length));
    const data = values[Number(version.split("/").at(-1)) - 1];
    if (data === undefined) return reply({ code: status.NOT_FOUND, details: `Secret Version [${name}] not found.` });
    if (!isDisabled) return reply(null, { name: version, payload: { data: Buffer.from(data) } });
    reply({ code: status.FAILED_PRECONDITION, details: `Secret Version [${version}] is in DISABLED state.` });
  };
  const accessSecretVersion: Access = (call, reply) => {
    reads.push(call.request.name);
    answer(call, reply);
  };
  // Looks at watched secrets need a permission of their own, which the service of this example was not given.
  const getSecretVersion: Access = (_call, reply) => reply({ code: status.PERMISSION_DENIED, details: "Denied." });

  const server = new Server();
  const { google } = loadPackageDefinition(definition) as never as Google;
  server.addService(google.cloud.secretmanager.v1.SecretManagerService.service, {
    accessSecretVersion,
    getSecretVersion,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    url: `http://127.0.0.1:${port}`,
    /** The names that were read. */
    reads: reads as readonly string[],
    /** `gcloud secrets versions add` */
    add: (value: string) => void values.push(value),
    /** `gcloud secrets versions disable` */
    disable: () => {
      isDisabled = true;
    },
    close: () => server.forceShutdown(),
  };
}

interface Google {
  readonly google: {
    readonly cloud: {
      readonly secretmanager: { readonly v1: { readonly SecretManagerService: { readonly service: never } } };
    };
  };
}
