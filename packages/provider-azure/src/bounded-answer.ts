import { callSignal } from "./call-signal.ts";
import { azureDefaults } from "./defaults.ts";

interface BoundedRequest {
  abortSignal?: unknown;
  onDownloadProgress?: (progress: { loadedBytes: number }) => void;
}

/** A step of the SDK's pipeline: every request ends with its call, and no answer is longer than one of Key Vault's can be. */
export const boundedAnswer = {
  name: "secretsourceBoundedAnswer",
  async sendRequest<Request, Response>(request: Request, next: (request: Request) => Promise<Response>) {
    const bounded = request as BoundedRequest;
    bounded.abortSignal ??= callSignal();
    let isTooLong = false;
    bounded.onDownloadProgress = ({ loadedBytes }) => {
      isTooLong = loadedBytes > azureDefaults.maxBytes;
      if (isTooLong) throw tooLong();
    };
    try {
      return await next(request);
    } catch (error) {
      throw isTooLong ? tooLong() : error;
    }
  },
};

function tooLong(): Error {
  return Object.assign(new Error("The answer is too long"), { name: "AnswerTooLong" });
}
