/** What each call of ours needs to be allowed, as IAM knows it. */
export const secretsManagerActions = {
  getSecretValue: "secretsmanager:GetSecretValue",
  batchGetSecretValue: "secretsmanager:BatchGetSecretValue",
  describeSecret: "secretsmanager:DescribeSecret",
} as const;
