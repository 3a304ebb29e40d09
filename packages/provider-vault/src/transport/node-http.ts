/** Not by `import`, which would load the WebSocket of `node:http` too: that takes several times as long. */
export const http = process.getBuiltinModule("node:http");
export const https = process.getBuiltinModule("node:https");
