import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { gcpDefaults } from "./defaults.ts";
import type { RestRequest, SendRest } from "./rest-auth.ts";

export interface RestSender {
  readonly send: SendRest;
  /** Ends the connections that are kept. */
  close(): void;
}

/** @param fetch As `gaxios` has it, by which proxies of the environment are found. */
export function restSender(fetch: (url: string, request: RestRequest) => Promise<Response>): RestSender {
  const plain = new HttpAgent({ keepAlive: true });
  const secure = new HttpsAgent({ keepAlive: true });
  return {
    send: (url, request) =>
      fetch(url, {
        ...request,
        agent: url.startsWith("http:") ? plain : secure,
        // A token goes to nobody but the host that was asked.
        redirect: "manual",
        size: gcpDefaults.maxBytes,
        retry: false,
        validateStatus: () => true,
      }),
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}
