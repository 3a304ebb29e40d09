// Reads whenever it is told to, and prints the version that it got.
import { createInterface } from "node:readline";
import { makeSecrets } from "./program.ts";

const secrets = makeSecrets(async (call) => ({ payload: "value", version: String(call) }), "1s");
const print = async () => console.log((await secrets.getSecret("db")).version);
await print();
await print();
createInterface({ input: process.stdin }).on("line", () => void print());
