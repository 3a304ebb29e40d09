export { askBao } from "./ask-bao.ts";
export { type BehindFaults, behindFaults, postgresBehindFaults } from "./behind-faults.ts";
export { baoToken, type RunningOpenBao, type SecureOpenBao, startOpenBao } from "./start-openbao.ts";
export { type RunningPostgres, startPostgres } from "./start-postgres.ts";
export { type RunningProgram, startProgram } from "./start-program.ts";
export { type RaftOpenBao, startRaftOpenBao } from "./start-raft-openbao.ts";
export { type RunningServer, startServer } from "./start-server.ts";
export { type Sidecar, startSidecar } from "./start-sidecar.ts";
