import { readFileSync } from "node:fs";

/** The one clock of the process; domain code is handed its answers. */
export interface Clock {
  now(): Date;
}

/**
 * Wall time, or with `file:<path>` a clock that runs from the time in that file (ISO 8601, re-read at each call),
 * so that tests and demonstrations can move expiry and windows.
 */
export function openClock(setting: string | undefined): Clock {
  if (!setting) return { now: () => new Date() };
  const path = setting.slice("file:".length);
  return {
    now: () => {
      const time = new Date(readFileSync(path, "utf8").trim());
      if (Number.isNaN(time.getTime())) throw new Error(`${path} holds no ISO 8601 time`);
      return time;
    },
  };
}
