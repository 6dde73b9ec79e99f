import { readFileSync } from "node:fs";

/** Proportional set size of a process in MB; null where the system does not tell (anything but Linux). */
export function pssMb(pid: number): number | null {
  try {
    const kb = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, "utf8"))?.[1];
    return kb === undefined ? null : Math.round(Number(kb) / 1024);
  } catch {
    return null;
  }
}
