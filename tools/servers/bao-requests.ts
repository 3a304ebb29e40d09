import { once } from "node:events";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { json } from "node:stream/consumers";

async function send(url: string, method: string, input?: object): Promise<IncomingMessage> {
  const request = url.startsWith("https:") ? secureRequest : plainRequest;
  // It is on the loopback, and was started a moment ago.
  const outgoing = request(url, { method, agent: false, rejectUnauthorized: false });
  outgoing.end(input && JSON.stringify(input));
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  return answer;
}

/** 200: it serves; 501: it is not initialised; 503: it is sealed. */
export async function baoHealth(url: string): Promise<number | undefined> {
  const answer = await send(`${url}/v1/sys/health`, "GET");
  answer.resume();
  return answer.statusCode;
}

/** Asks the way an administrator does, without a token. */
export async function putToBao<T>(url: string, path: string, input: object): Promise<T> {
  const answer = await send(`${url}/v1/${path}`, "PUT", input);
  if (answer.statusCode !== 200) throw new Error(`OpenBao answered ${path} with ${answer.statusCode}`);
  return (await json(answer)) as T;
}
