/** One object a health check waits for. */
export interface UnreadyObject {
  kind: string;
  namespace: string;
  name: string;
  status: string;
}

/**
 * `… timeout waiting for: [Deployment/ns/name status: 'InProgress', …]` and
 * `… failed early due to stalled resources: [Kind/ns/name status: 'Failed']` (recorded texts).
 */
export function unreadyObjects(message: string | null | undefined): UnreadyObject[] {
  const found = (message ?? "").matchAll(/(\w+)\/([\w.-]+)\/([\w.-]+) status: '(\w+)'/g);
  return [...found].map(([, kind = "", namespace = "", name = "", status = ""]) => ({
    kind,
    namespace,
    name,
    status,
  }));
}
