import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cases } from "./demo/cases.ts";
import { Customer } from "./demo/customer.ts";
import { type Deployment, deploy, deployBroken } from "./demo/deployment.ts";
import { findLeaks, missedBySearch } from "./demo/find-leaks.ts";
import { KeyRing } from "./demo/key-ring.ts";
import { Program } from "./demo/program.ts";
import { rotate } from "./demo/rotate.ts";
import { newSecretValues } from "./demo/secret-values.ts";
import { Story } from "./demo/story.ts";
import { Traffic } from "./demo/traffic.ts";

const requests = 270;
const requestsInAll = 1000;
const atOnce = 12;

const story = new Story();
const over = new AbortController();
// Ends whatever still runs: after 30 s, or when the demo is over.
const deadline = AbortSignal.any([AbortSignal.timeout(30_000), over.signal]);
const values = newSecretValues();
const folder = await mkdtemp(join(tmpdir(), "secretsource-quickstart-"));
try {
  const deployment = await deploy(join(folder, "good"), values);
  // Both end by themselves, while the service is at work.
  const careless = await startCareless();
  const broken = await startBroken();
  await serve(deployment);
  await checkCareless(careless);
  await checkBroken(broken);
} catch (error) {
  story.check(false, "the demo runs to its end:", String(error));
} finally {
  over.abort();
  await rm(folder, { recursive: true });
}
story.tell(story.verdict);
process.exitCode = story.exitCode;

async function serve(deployment: Deployment): Promise<void> {
  story.tell("1. A service boots from a mounted directory, a dotenv file and its environment, and prints its config:");
  const service = new Program("../service.ts", deployment.environment, deadline);
  const [, port] = await service.printed(/Listening on port (\d+)/);
  story.quote(service.output);

  story.tell(
    `2. ${requests} requests over HTTP, ${atOnce} at a time, each answer verified with the driver's own HMAC:`,
  );
  const ring = new KeyRing(values.signingKeys);
  const customer = new Customer(`http://127.0.0.1:${port}`, values.receiptKey, deadline);
  const traffic = new Traffic(customer, { values, ring }, atOnce);
  await traffic.send(requests);
  checkAnswers(traffic, `${cases.length} kinds, valid and forged`);

  story.tell(
    "3. The signing keys are swapped on disk seven times, as the kubelet does it, while requests keep coming:",
  );
  await traffic.during(() => rotate({ story, service, traffic, deployment, ring }));
  await traffic.send(Math.max(0, requestsInAll - traffic.sent));
  checkAnswers(traffic, "not one failed on the way");
  story.check(traffic.sent >= requestsInAll, "that makes a thousand or more", `${traffic.sent}`);
  const exitCode = await service.stop();
  story.check(
    exitCode === 0,
    "asked to end, the service closes its secrets and ends by itself",
    `exit code ${exitCode}`,
  );
  checkForLeaks("what the service printed, its errors among it,", service.output);
}

function checkAnswers(traffic: Traffic, remark: string): void {
  for (const [{ what }, { sent, right, trouble }] of traffic.tallies) {
    if (right < sent) story.check(false, `${what}: ${right} of ${sent}`, trouble);
  }
  const { sent, right } = traffic;
  story.check(right === sent, `${right} of ${sent} answers are what they must be (${remark})`);
}

async function startCareless(): Promise<Program> {
  const { environment } = await deploy(join(folder, "careless"), values);
  return new Program("./print-everything.ts", environment, deadline);
}

async function checkCareless(printer: Program): Promise<void> {
  story.tell("4. A careless program prints its config, its secrets and eight errors in every way that Node has:");
  const exitCode = await printer.ended();
  const complete = exitCode === 0 && printer.output.includes("Errors: 8 of 8");
  story.check(complete, `it printed all of it: ${printer.output.length} characters`, printer.output.slice(-500));
  checkForLeaks("all that", printer.output);
  const missed = missedBySearch(values);
  story.check(missed.length === 0, "the same search finds each value where it does stand in a text", missed.join(", "));
}

async function startBroken(): Promise<Program> {
  const { environment } = await deployBroken(join(folder, "broken"), values);
  return new Program("../service.ts", environment, deadline);
}

async function checkBroken(service: Program): Promise<void> {
  story.tell("5. The same service where nearly everything is wrong: one error names all of it, and nothing starts:");
  const exitCode = await service.ended();
  story.quote(service.output);
  const named = ["port", "tokens.signing", "issuerKey", "receiptKey"].filter((path) => service.output.includes(path));
  story.check(exitCode === 1 && named.length === 4, "it ends with exit code 1 and names all four", named.join(", "));
  checkForLeaks("the report", service.output);
}

function checkForLeaks(where: string, output: string): void {
  const leaked = findLeaks(output, values);
  story.check(
    leaked.length === 0,
    `${where} holds no secret: plain, base64, hex, escaped or in part`,
    leaked.join(", "),
  );
}
