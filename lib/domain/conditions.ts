import { z } from "zod";
import { loose, looseList, looseString } from "./loose.ts";

export type ConditionStatus = "True" | "False" | "Unknown";

/** A metav1 condition, or one of Cluster API's older ones, which alone carry a severity. */
export interface Condition {
  type: string;
  status: ConditionStatus;
  reason: string | null;
  message: string | null;
  /** Error | Warning | Info. */
  severity: string | null;
  /** ISO 8601. */
  since: string | null;
}

const schema = loose({
  type: looseString,
  status: z.enum(["True", "False", "Unknown"]).catch("Unknown").prefault("Unknown"),
  reason: looseString,
  message: looseString,
  severity: looseString,
  lastTransitionTime: looseString,
});

const list = looseList(schema);

/** Conditions as far as they can be read; one without a type is left out. Never throws. */
export function readConditions(value: unknown): Condition[] {
  return list.parse(value).flatMap(({ type, status, reason, message, severity, lastTransitionTime }) =>
    type === undefined
      ? []
      : [
          {
            type,
            status,
            reason: reason ?? null,
            message: message ?? null,
            severity: severity ?? null,
            since: isTime(lastTransitionTime) ? lastTransitionTime : null,
          },
        ],
  );
}

const status = z.enum(["True", "False", "Unknown"]);
const text = z.string().nullable();
const stored = z.array(
  z.object({ type: z.string(), status, reason: text, message: text, severity: text, since: text }),
);

/** Conditions as the inventory keeps them (ours, not Kubernetes' shape); none where the row is older than that. */
export const parseStoredConditions = (value: unknown): Condition[] => stored.catch([]).parse(value);

export function findCondition(conditions: readonly Condition[], type: string): Condition | null {
  return conditions.find((condition) => condition.type === type) ?? null;
}

/** Missing reads as Unknown. */
export function statusOf(conditions: readonly Condition[], type: string): ConditionStatus {
  return findCondition(conditions, type)?.status ?? "Unknown";
}

function isTime(value: string | undefined): value is string {
  return value !== undefined && !Number.isNaN(Date.parse(value));
}
