/** What each call of ours needs to be allowed, as IAM knows it. */
export const parameterStoreActions = {
  getParameter: "ssm:GetParameter",
  getParameters: "ssm:GetParameters",
  getParametersByPath: "ssm:GetParametersByPath",
  describeParameters: "ssm:DescribeParameters",
} as const;
