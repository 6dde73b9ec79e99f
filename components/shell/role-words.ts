import type { Role } from "@/lib/domain/access/actor";

const words: Record<Role, string> = {
  "platform-engineer": "platform engineer",
  approver: "approver",
  requester: "requester",
  viewer: "viewer",
};

/** "approver, requester": the roles in words, the widest first. */
export const roleWords = (roles: readonly Role[]): string =>
  (Object.keys(words) as Role[])
    .filter((role) => roles.includes(role))
    .map((role) => words[role])
    .join(", ");
