import type { ForgePermission } from "../../contracts.ts";
import type { AppPermissions } from "../state/state.ts";

/**
 * Who a request acts for. `app` is set when an App stands between: then a right is needed from both, the App's
 * permissions and (for a person) his role.
 */
export type Caller =
  | { kind: "anonymous" }
  | { kind: "person"; login: string; app: AppPermissions | null; token: string }
  | { kind: "installation"; login: string; app: AppPermissions; token: string }
  | { kind: "app" }
  | { kind: "machine"; name: string };

/** A permission of the App that a call needs, e.g. `["pull_requests", "write"]`. */
export type AppNeed = readonly [name: string, level: "read" | "write"];

export const roleOrder: readonly ForgePermission[] = ["pull", "triage", "push", "maintain", "admin"];

/** Whether a role is at least another. */
export function roleAtLeast(role: ForgePermission | null, wanted: ForgePermission): boolean {
  return role !== null && roleOrder.indexOf(role) >= roleOrder.indexOf(wanted);
}

/** Whether the App's permissions cover a need; several needs are alternatives, none is always met. */
export function appMay(permissions: AppPermissions, needs: readonly AppNeed[]): boolean {
  if (needs.length === 0) return true;
  return needs.some(([name, level]) => {
    const granted = name === "metadata" ? "read" : permissions[name];
    return granted === "write" || (granted === "read" && level === "read");
  });
}
