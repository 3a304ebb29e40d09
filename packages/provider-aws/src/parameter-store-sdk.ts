// Imported on first use alone, so that the SDK is; and by names, so that a bundler can leave out its other commands.
export {
  DescribeParametersCommand,
  type DescribeParametersCommandInput,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
