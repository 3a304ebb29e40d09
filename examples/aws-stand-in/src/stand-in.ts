import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Answer = (input: Record<string, unknown>) => object;

/** A few operations of a service of AWS on this machine, so that the example runs without an account. */
export async function standIn(operations: Readonly<Record<string, Answer>>) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      calls.push(operation);
      const answer = operations[operation]?.(JSON.parse(Buffer.concat(chunks).toString()));
      const told = answer ?? { __type: "UnknownOperationException" };
      // The services' errors are told by their type.
      response.writeHead("__type" in told ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(told));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // What a real machine has: a region, credentials, and here another endpoint.
  Object.assign(process.env, {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIDLAPTOPLAPTOP",
    AWS_SECRET_ACCESS_KEY: "of-a-laptop",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { calls, close };
}
