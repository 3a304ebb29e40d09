import type { SourceFailure } from "@secretsource/core/source";
import { statusFailure } from "../answer/status-failures.ts";
import { textsIn, type VaultAnswer } from "../answer/vault-answer.ts";

/** Where below its mount the engine has its roles. */
type RolesPath = "roles" | "static-roles";

const notAllowed = (roles: RolesPath) =>
  `The engine does not take the request: compare the options of the source (names and times, say) with what the role allows: \`vault read MOUNT/${roles}/ROLE\`.`;

/** What a refusal of an engine with roles says: a role that there is not is 400 in some engines and 404 in others. */
export function roleFailure(answer: VaultAnswer, roles: RolesPath = "roles"): SourceFailure {
  const { status, body } = answer;
  const errors = textsIn(body.errors);
  const failure = statusFailure(answer);
  const isUnknown = status === 400 && /unknown role|role .*not found|(?:could|did) not find .*role/i.test(errors);
  if (isUnknown || (status === 404 && failure.failure === "not-found")) {
    const advice = `The engine has no such role: \`vault list MOUNT/${roles}\` shows those there are.`;
    return { failure: "not-found", advice, native: { status } };
  }
  if (status === 400 && failure.failure === "invalid-request") return { ...failure, advice: notAllowed(roles) };
  return failure;
}
