import type { Answered, CallOptions } from "./aws-call.ts";

export interface ParameterValue {
  readonly Name?: string | undefined;
  readonly ARN?: string | undefined;
  readonly Type?: string | undefined;
  readonly Value?: string | undefined;
  readonly Version?: number | undefined;
  /** `:3` or `:label`, as it was asked for. */
  readonly Selector?: string | undefined;
  /** Of a reference: what the other service answered, as JSON, the value included. */
  readonly SourceResult?: string | undefined;
  readonly LastModifiedDate?: Date | undefined;
}

export interface ParameterPage {
  readonly Parameters?: readonly ParameterValue[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface ParameterDescription {
  readonly Name?: string | undefined;
  readonly Version?: number | undefined;
  readonly Policies?:
    | readonly { readonly PolicyText?: string | undefined; readonly PolicyType?: string | undefined }[]
    | undefined;
}

/** What we use of the SDK's `SSM`. Its methods send commands of its own version, whichever that is. */
export interface ParameterStoreMethods {
  getParameter(
    input: { Name: string; WithDecryption: boolean },
    options: CallOptions,
  ): Promise<{ readonly Parameter?: ParameterValue | undefined } & Answered>;
  getParameters(
    input: { Names: string[]; WithDecryption: boolean },
    options: CallOptions,
  ): Promise<
    {
      readonly Parameters?: readonly ParameterValue[] | undefined;
      readonly InvalidParameters?: readonly string[] | undefined;
    } & Answered
  >;
  getParametersByPath(
    input: { Path: string; Recursive: boolean; WithDecryption: boolean; MaxResults: number; NextToken?: string },
    options: CallOptions,
  ): Promise<ParameterPage & Answered>;
  describeParameters(
    input: { ParameterFilters: { Key: string; Option: string; Values: string[] }[]; NextToken?: string },
    options: CallOptions,
  ): Promise<
    {
      readonly Parameters?: readonly ParameterDescription[] | undefined;
      readonly NextToken?: string | undefined;
    } & Answered
  >;
}
