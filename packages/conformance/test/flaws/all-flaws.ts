import { absenceFlaws } from "./absence-flaws.ts";
import { batchFlaws } from "./batch-flaws.ts";
import { closeFlaws } from "./close-flaws.ts";
import { contractFlaws } from "./contract-flaws.ts";
import { faultFlaws } from "./fault-flaws.ts";
import type { Flaw } from "./flaw.ts";
import { leakFlaws } from "./leak-flaws.ts";
import { leaseFlaws, probeFlaws, watchFlaws } from "./method-flaws.ts";
import { selectorFlaws } from "./selector-flaws.ts";
import { signalFlaws } from "./signal-flaws.ts";
import { valueFlaws } from "./value-flaws.ts";

export const allFlaws: readonly Flaw[] = [
  ...contractFlaws,
  ...valueFlaws,
  ...selectorFlaws,
  ...absenceFlaws,
  ...batchFlaws,
  ...probeFlaws,
  ...watchFlaws,
  ...leaseFlaws,
  ...signalFlaws,
  ...faultFlaws,
  ...leakFlaws,
  ...closeFlaws,
];
