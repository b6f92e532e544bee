import type { CheckStatus } from "./types.ts";

export type Basis = "whole" | "weighted";

/**
 * The rules of quality assurance, with what a difference means: an error of the report, or a fact to be read along.
 * Ids are stable: findings of auditors refer to them. Texts are `report.qa.<id>.what` and `.cure`.
 */
export const QA_RULES = {
  "QA-001": "failed",
  "QA-002": "failed",
  "QA-003": "failed",
  "QA-004": "failed",
  "QA-005": "failed",
  "QA-006": "failed",
  "QA-007": "failed",
  "QA-008": "failed",
  "QA-009": "failed",
  "QA-010": "failed",
  "QA-011": "failed",
  "QA-012": "failed",
  "QA-013": "failed",
  "QA-101": "note",
  "QA-102": "note",
  "QA-103": "note",
  "QA-104": "note",
  "QA-105": "note",
  "QA-106": "note",
} as const satisfies Record<string, Exclude<CheckStatus, "passed">>;

export type QaRuleId = keyof typeof QA_RULES;
