const { createHmac } = require("node:crypto");
const { getSecret } = require("@secretsource/core");

/** What is tested here: code that asks for a secret where it needs one. */
async function sign(order) {
  const key = await getSecret("production/shop/signing-key");
  const signature = createHmac("sha256", key.reveal()).update(order).digest("base64url");
  return { signature, keyVersion: key.version };
}

module.exports = { sign };
