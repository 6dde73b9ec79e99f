/** Fields of a spec that may hold a secret in clear text: they are named, not shown (gitops-reference §6). */
const hidden = new Set(["values", "substitute", "data", "stringData", "password", "token"]);
const dropped = new Set(["managedFields"]);
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** An object as a browser may see it: values that may be secret are replaced by how many there are. */
export function hideValues(value: unknown, depth = 0): unknown {
  if (depth > 60) return "…";
  if (Array.isArray(value)) return value.map((one) => hideValues(one, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !dropped.has(key) && key !== lastApplied)
      .map(([key, one]) => [key, hidden.has(key) ? described(one) : hideValues(one, depth + 1)]),
  );
}

function described(value: unknown): string {
  const count = typeof value === "object" && value !== null ? Object.keys(value).length : 1;
  return `hidden (${String(count)} ${count === 1 ? "value" : "values"})`;
}
