import { isSecretsError } from "@secretsource/core";
import type { Stage } from "@secretsource/core/source";
import type { Answer, Bench } from "../bench/bench.ts";
import { expectFailure, expectPayload, fail } from "../bench/expect.ts";
import { type Expected, RotationModel } from "./rotation-model.ts";
import type { PlannedStep } from "./rotation-plan.ts";

export async function runRotation(bench: Bench, plan: readonly PlannedStep[]): Promise<void> {
  const name = bench.name("rotated");
  const values = { first: bench.value("first"), second: bench.value("second") };
  const model = new RotationModel();
  for (const { id, does } of plan) {
    if (does === undefined) continue;
    const { step, value } = does;
    if (step === "put" || step === "stage") await bench.seed[step](name, values[value ?? "first"]);
    else await bench.seed[step](name);
    model.take(step, value);
    for (const stage of stagesToLookAt(bench, model)) {
      check(await bench.read(name, stage), model.expected(stage), values, `${stage} after ${id}, from the source`);
    }
    const through = await readThroughInstance(bench, name);
    check(through, model.expected("current"), values, `current after ${id}, through an instance`);
  }
}

/** What is beside a version that is disabled or deleted is each store's own matter. */
function stagesToLookAt({ harness }: Bench, model: RotationModel): readonly Stage[] {
  return model.isUsable ? harness.promises.stages : ["current"];
}

function check(
  answer: Answer,
  expected: Expected,
  values: { readonly first: string; readonly second: string },
  what: string,
) {
  if ("codes" in expected) expectFailure(answer, expected.codes, what);
  else expectPayload(answer, values[expected.value], what);
}

/** By an instance of its own: it remembers nothing of the step before. */
async function readThroughInstance(bench: Bench, name: string): Promise<Answer> {
  const secrets = await bench.instance();
  try {
    const secret = await bench.patience.within("getSecret()", secrets.getSecret(name, { as: "bytes" }));
    return { payload: secret.reveal() };
  } catch (error) {
    if (!isSecretsError(error)) throw error;
    const { code } = error;
    // What is asked of core here is the source's own word.
    return code === "not-found" || code === "deleted" || code === "disabled" || code === "version-not-found"
      ? { failure: code }
      : fail(`getSecret() gave \`${code}\``);
  }
}
