import type { SourceFailure } from "@secretsource/core/source";
import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { headerTextOr, requiredText, textOr } from "../options/checks.ts";
import { readCredential } from "./read-credential.ts";
import type { LoginContext } from "./vault-login.ts";

/** A secret id that arrives inside a token which can be opened once. */
export interface WrappedSecretId {
  /** The wrapping token, or the file that it is in. */
  readonly token?: string | undefined;
  readonly file?: string | undefined;
  /** The role's name: the token must have been made at `auth/MOUNT/role/NAME/secret-id`, and nowhere else. */
  readonly role: string;
}

export type SecretId = { readonly text: string | undefined; readonly failure?: undefined } | SourceFailure;

const intercepted =
  "It opens once and has an end: a process that starts again, and every further one, needs a new one. If none of ours has opened it, somebody else has, or has put another in its place: treat it as stolen, and look at the audit log.";

/** Opened at the first login; what was in it is kept for the later ones, also of other connections with the same login. */
export function wrappedSecretId(
  options: unknown,
  mount: readonly string[],
): (context: LoginContext) => Promise<SecretId> {
  const given = readOptions(options, ["token", "file", "role"], "The options of `wrappedSecretId`");
  const role = requiredText(given.role, "`wrappedSecretId.role`");
  const token = headerTextOr(given.token, "`wrappedSecretId.token`");
  const file = textOr(given.file, "`wrappedSecretId.file`");
  if ((token === undefined) === (file === undefined)) {
    return invalidOptions("`wrappedSecretId` takes either `token` or `file`.");
  }
  const madeAt = ["auth", ...mount, "role", role, "secret-id"].join("/");
  let opened: { readonly from: string; readonly text: string } | undefined;
  let before: Promise<unknown> = Promise.resolve();
  const openNow = async (context: LoginContext): Promise<SecretId> => {
    const wrapping = token === undefined ? await readCredential(file ?? "", "wrapping token") : { text: token };
    // A file that is gone after it was opened has done its duty.
    if (wrapping.failure !== undefined) return opened ?? wrapping;
    if (opened?.from === wrapping.text) return opened;
    const found = await unwrap(context, wrapping.text, madeAt);
    if (found.failure === undefined && found.text !== undefined) opened = { from: wrapping.text, text: found.text };
    return found;
  };
  // One after the other: two connections may share the login, and what the first one opens, the second one cannot.
  return (context) => {
    const opening = before.then(() => openNow(context));
    before = opening.catch(() => undefined);
    return opening;
  };
}

async function unwrap({ request }: LoginContext, token: string, madeAt: string): Promise<SecretId> {
  const lookUp = await request({ method: "POST", path: ["sys", "wrapping", "lookup"], body: { token } });
  if (lookUp.failure !== undefined) return lookUp;
  if (lookUp.status !== 200)
    return refused("The wrapping token is not valid any more: it was opened, or its time is over.", lookUp.status);
  if (lookUp.data?.creation_path !== madeAt) {
    return refused(`The wrapping token was not made at \`${madeAt}\`: check \`role\` and \`mount\`.`, lookUp.status);
  }
  const answer = await request({ method: "POST", path: ["sys", "wrapping", "unwrap"], token });
  if (answer.failure !== undefined) return answer;
  const text = answer.data?.secret_id;
  if (typeof text === "string" && text !== "") return { text };
  return refused("The wrapping token could not be opened.", answer.status);
}

function refused(what: string, status: number): SourceFailure {
  return { failure: "unauthenticated", advice: `${what} ${intercepted}`, native: { status } };
}
