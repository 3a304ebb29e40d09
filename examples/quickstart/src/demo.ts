import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Customer } from "./demo/customer.ts";
import { deploy, deployBroken } from "./demo/deployment.ts";
import { findLeaks, missedBySearch } from "./demo/find-leaks.ts";
import { Program } from "./demo/program.ts";
import { newSecretValues } from "./demo/secret-values.ts";
import { Story } from "./demo/story.ts";
import { sendTraffic } from "./demo/traffic.ts";

const requests = 270;
const atOnce = 12;

const story = new Story();
const over = new AbortController();
// Ends whatever still runs: after 15 s, or when the demo is over.
const deadline = AbortSignal.any([AbortSignal.timeout(15_000), over.signal]);
const values = newSecretValues();
const folder = await mkdtemp(join(tmpdir(), "secretsource-quickstart-"));
try {
  const { environment } = await deploy(join(folder, "good"), values);
  await serve(environment);
  await printEverything(environment);
  await startBroken();
} catch (error) {
  story.check(false, "the demo runs to its end:", String(error));
} finally {
  over.abort();
  await rm(folder, { recursive: true });
}
story.tell(story.verdict);
process.exitCode = story.exitCode;

async function serve(environment: Readonly<Record<string, string>>): Promise<void> {
  story.tell("1. A service boots from a mounted directory, a dotenv file and its environment, and prints its config:");
  const service = new Program("../service.ts", environment, deadline);
  const [, port] = await service.printed(/Listening on port (\d+)/);
  story.quote(service.output);

  story.tell(
    `2. ${requests} requests over HTTP, ${atOnce} at a time, each answer verified with the driver's own HMAC:`,
  );
  const customer = new Customer(`http://127.0.0.1:${port}`, values.receiptKey, deadline);
  const tallies = await sendTraffic(customer, values, { requests, atOnce });
  for (const { what, sent, right, trouble } of tallies) {
    if (right < sent) story.check(false, `${what}: ${right} of ${sent}`, trouble);
  }
  const right = tallies.reduce((sum, tally) => sum + tally.right, 0);
  const kinds = `${tallies.length} kinds, valid and forged`;
  story.check(right === requests, `${right} of ${requests} answers are what they must be (${kinds})`);
  const exitCode = await service.stop();
  story.check(
    exitCode === 0,
    "asked to end, the service closes its secrets and ends by itself",
    `exit code ${exitCode}`,
  );
  checkForLeaks("what the service printed, its errors among it,", service.output);
}

async function printEverything(environment: Readonly<Record<string, string>>): Promise<void> {
  story.tell("3. A careless program prints its config, its secrets and eight errors in every way that Node has:");
  const printer = new Program("./print-everything.ts", environment, deadline);
  const exitCode = await printer.ended();
  const complete = exitCode === 0 && printer.output.includes("Errors: 8 of 8");
  story.check(complete, `it printed all of it: ${printer.output.length} characters`, printer.output.slice(-500));
  checkForLeaks("all that", printer.output);
  const missed = missedBySearch(values);
  story.check(missed.length === 0, "the same search finds each value where it does stand in a text", missed.join(", "));
}

async function startBroken(): Promise<void> {
  story.tell("4. The same service where nearly everything is wrong: one error names all of it, and nothing starts:");
  const { environment } = await deployBroken(join(folder, "broken"), values);
  const service = new Program("../service.ts", environment, deadline);
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
