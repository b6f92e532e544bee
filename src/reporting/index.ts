export { assemblePerformanceExecution } from "./assemble.ts";
export { isDemonstration } from "./demonstration.ts";
export { QA_RULES } from "./quality-rules.ts";
export type { CheckStatus, PerformanceExecution, QualityCheck, ReportRequest } from "./types.ts";
export { type WrittenReport, writePerformanceExecution } from "./write.ts";
