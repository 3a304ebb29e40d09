import { assertNever } from "../util/assert-never.ts";
import { type Ending, noTenure, type Tenure, type TenureEvent } from "./tenure.ts";

/** What happens on what. No effects, no clock. */
export function reduceTenure(tenure: Tenure, event: TenureEvent): Tenure {
  switch (event.kind) {
    case "granted":
      return standing(event.grant, event.renewable);
    case "renewed":
      return renewed(tenure, event);
    case "truncated":
      return ending(tenure, "truncated");
    case "refused":
      return ending(tenure, "refused");
    case "ended":
      return tenure.kind === "none" ? impossible(tenure) : { kind: "over", grant: tenure.grant };
    case "released":
      return noTenure;
    default:
      return assertNever(event);
  }
}

type Granted = Extract<TenureEvent, { kind: "granted" }>;

function standing(grant: Granted["grant"], renewable: boolean): Tenure {
  if (renewable && grant.id !== undefined) return { kind: "renewable", grant, id: grant.id };
  return { kind: "ending", grant, why: "not-renewable" };
}

function renewed(tenure: Tenure, { id, renewable }: Extract<TenureEvent, { kind: "renewed" }>): Tenure {
  if (tenure.kind !== "renewable") return impossible(tenure);
  return standing({ ...tenure.grant, id: id ?? tenure.id }, renewable);
}

function ending(tenure: Tenure, why: Ending): Tenure {
  return tenure.kind === "renewable" ? { kind: "ending", grant: tenure.grant, why } : impossible(tenure);
}

function impossible({ kind }: Tenure): never {
  throw new TypeError(`impossible: a lease that is ${kind} is not asked about`);
}
