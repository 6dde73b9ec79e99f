/** A process that takes a job and never ends it; says so on stdout. Run with the database's URL. */
import { openJobQueue, type JobRun } from "../job-queue.ts";

const [url = ""] = process.argv.slice(2);
const nothing: JobRun = () => Promise.resolve(undefined);
const queue = openJobQueue({
  url,
  runs: {
    "prune-rows": nothing,
    "verify-audit": nothing,
    "read-members": () => {
      process.stdout.write("running\n");
      return new Promise(() => undefined);
    },
  },
  log: { info: () => undefined, warn: () => undefined },
  describe: String,
  schedule: false,
  pollSeconds: 0.5,
  heartbeatSeconds: 10,
  retryDelaySeconds: 1,
});
// Until the queue is open the answer is no.
const asking = setInterval(() => {
  void queue.enqueue("read-members").then((taken) => {
    if (taken) clearInterval(asking);
  });
}, 100);
