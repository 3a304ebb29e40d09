import { pathToFileURL } from "node:url";

// What stands for the runtime of Lambda: it imports the bundle, and calls its handler for each event.
const [, , bundle = ""] = process.argv;
const { handler } = (await import(pathToFileURL(bundle).href)) as { handler: (event: unknown) => Promise<unknown> };
process.on("message", (event) => {
  void handler(event).then(
    (result) => process.send?.({ result }),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.send?.("ready");
