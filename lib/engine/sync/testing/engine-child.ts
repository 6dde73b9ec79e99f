/**
 * An engine in a process of its own, in its production rhythm but for what waits on the test. Its Git says that every
 * cluster's team is the child's name, so a row tells who wrote it. Run with the name, the database, the API server with a
 * token of it, and how many rows a transaction has.
 */
import { openDb } from "../../../db/client.ts";
import { createAgent } from "../../../kubernetes/connection.ts";
import { startSync } from "../start-sync.ts";

const [team = "", databaseUrl = "", server = "", token = "", rowsPerWrite = "500"] = process.argv.slice(2);
const say = (context: object, message: string): void => {
  process.stdout.write(`${message} ${JSON.stringify(context)}\n`);
};
const cluster = JSON.stringify({
  apiVersion: "cluster.x-k8s.io/v1beta2",
  kind: "Cluster",
  metadata: { name: "one", namespace: "one", labels: { "fleetwright.dev/team": team } },
});
const dispatcher = createAgent({});
startSync({
  db: openDb(databaseUrl),
  databaseUrl,
  management: {
    slug: "management",
    connection: {
      server,
      dispatcher,
      headers: () => Promise.resolve({ authorization: `Bearer ${token}` }),
      close: () => dispatcher.destroy(),
    },
  },
  git: {
    head: () => ({ sha: "0".repeat(40) }),
    clusterFiles: () => new Map([["one", { cluster }]]),
    position: () => null,
    onChange: () => () => undefined,
  },
  workloadAccess: "none",
  rowsPerWrite: Number(rowsPerWrite),
  logger: { info: say, warn: say, error: say },
});
