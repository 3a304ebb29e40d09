// The two services of AWS in a process of its own, so that its work is not counted: every name has a value. Its one
// argument is how long it takes to answer, ms. The parent asks for the calls so far, and takes it down.
import { createServer, type IncomingMessage } from "node:http";

type Input = Readonly<Record<string, unknown>>;

const [delay = "0"] = process.argv.slice(2);
const account = "123456789012";
const versionId = "0123abcd-0123-4567-89ab-0123456789ab";
let calls: Record<string, number> = {};
let isDown = false;

const server = createServer(async (request, response) => {
  const operation = String(request.headers["x-amz-target"]).replace(/^[^.]*\./, "");
  const input = JSON.parse(await textOf(request)) as Input;
  calls[operation] = (calls[operation] ?? 0) + 1;
  await new Promise((answer) => (delay === "0" ? setImmediate(answer) : setTimeout(answer, Number(delay))));
  const output = isDown ? undefined : (answers[operation]?.(input) ?? {});
  response.writeHead(isDown ? 503 : 200, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify(output ?? { __type: "ServiceUnavailable" }));
});
server.keepAliveTimeout = 600_000;

const answers: Readonly<Record<string, (input: Input) => object>> = {
  GetSecretValue: ({ SecretId, VersionId }) => secret(String(SecretId), VersionId),
  BatchGetSecretValue: ({ SecretIdList }) => ({
    SecretValues: (SecretIdList as string[]).map((name) => secret(name)),
    Errors: [],
  }),
  GetParameter: ({ Name }) => ({ Parameter: parameter(String(Name)) }),
  GetParameters: ({ Names }) => ({ Parameters: (Names as string[]).map(parameter), InvalidParameters: [] }),
};

function secret(name: string, id: unknown = versionId): object {
  return {
    ARN: `arn:aws:secretsmanager:eu-west-1:${account}:secret:${name}-AbCdEf`,
    Name: name,
    VersionId: id,
    SecretString: id === versionId ? "canary-of-the-current-version" : "canary-of-another-version",
    VersionStages: id === versionId ? ["AWSCURRENT"] : [],
    CreatedDate: 1_700_000_000,
  };
}

function parameter(name: string): object {
  return {
    Name: name,
    ARN: `arn:aws:ssm:eu-west-1:${account}:parameter${name}`,
    Type: "SecureString",
    Value: "canary-of-the-parameter",
    Version: 1,
    LastModifiedDate: 1_700_000_000,
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

process.on("message", (order: "take-calls" | "go-down") => {
  if (order === "go-down") isDown = true;
  process.send?.(calls);
  calls = {};
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
