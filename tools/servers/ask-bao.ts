import type { RunningOpenBao } from "./start-openbao.ts";

/** Asks the way an administrator does, over plain HTTP. Gives the answer's `data`, and throws where the server refuses. */
export async function askBao<T = unknown>(
  { url, token }: Pick<RunningOpenBao, "url" | "token">,
  method: string,
  path: string,
  input?: object,
): Promise<T> {
  const body = input === undefined ? null : JSON.stringify(input);
  const answer = await fetch(`${url}/v1/${path}`, { method, body, headers: { "x-vault-token": token } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`OpenBao answered ${method} ${path} with ${answer.status}: ${text}`);
  return text === "" ? (undefined as T) : (JSON.parse(text) as { data: T }).data;
}
