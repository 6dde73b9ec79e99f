/** A process that holds a lock until it is killed; says so on stdout. Run with the URL and the lock's name. */
import { holdLock } from "../hold-lock.ts";

const [url = "", name = "", silenceMs = ""] = process.argv.slice(2);
holdLock({
  url,
  name,
  retryMs: 200,
  silenceMs: Number(silenceMs),
  onHeld: () => {
    process.stdout.write("held\n");
    return Promise.resolve({
      close: () => {
        process.stdout.write("lost\n");
        return Promise.resolve();
      },
    });
  },
  onError: () => undefined,
});
