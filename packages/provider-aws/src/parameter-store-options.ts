import { readOptions } from "@secretsource/core/source-kit";
import { type AwsOptions, awsOptionNames } from "./aws-options.ts";
import { type ClientSettings, checkedFlag, clientSettings } from "./client-settings.ts";
import type { ParameterStoreMethods } from "./parameter-store-methods.ts";

export interface ParameterStoreOptions extends AwsOptions {
  /**
   * A client of your own in place of ours: `new SSM({ ... })` of `@aws-sdk/client-ssm`, or anything with the methods. It is
   * never closed by us, is asked about every region, and retries as you made it: say `maxAttempts: 1`, since the retries
   * are already done. No option of the SDK goes with it.
   */
  readonly client?: ParameterStoreMethods | undefined;
  /**
   * True: records tell until when the parameter is valid, where it has an expiration policy (advanced tier). Each read of a
   * parameter then makes two requests, parameters are not read in batches, and `ssm:DescribeParameters` is needed. Default:
   * false.
   */
  readonly expiryDates?: boolean | undefined;
}

export type ParameterStoreSettings = { readonly expiryDates: boolean } & ClientSettings<ParameterStoreMethods>;

const factory = "awsParameterStore";

/** @throws SecretsError `invalid-options` */
export function parameterStoreSettings(options: unknown): ParameterStoreSettings {
  const known = [...awsOptionNames, "client", "expiryDates"] as const;
  const { expiryDates, ...others } = readOptions(options, known, `The options of ${factory}`);
  return {
    expiryDates: checkedFlag(expiryDates, "expiryDates", factory),
    ...clientSettings<ParameterStoreMethods>(others, {
      factory,
      clientClass: "SSM",
      sdk: "@aws-sdk/client-ssm",
      methods: ["getParameter", "getParameters", "getParametersByPath", "describeParameters"],
    }),
  };
}
