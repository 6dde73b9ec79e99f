"use client";

import { createContext, use, useSyncExternalStore } from "react";
import type { ReactNode } from "react";

const ServerNow = createContext(0);

/** Carries the server's clock into the first render, so that relative times agree on both sides. */
export function ClockProvider({ now, children }: { now: string; children: ReactNode }) {
  return <ServerNow value={Date.parse(now)}>{children}</ServerNow>;
}

/** One timer per period for the whole page; listeners see the time rounded down to the period. */
function ticker(periodMs: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      timer ??= setInterval(() => {
        for (const each of listeners) each();
      }, periodMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => Math.floor(Date.now() / periodMs) * periodMs + periodMs - 1,
  };
}

const second = ticker(1_000);
const quarter = ticker(15_000);
const minute = ticker(60_000);

/** The present, refreshed as often as a time this far away needs it. */
export function useNow(relativeTo: number): number {
  const atStart = use(ServerNow);
  const start = () => atStart;
  const roughly = useSyncExternalStore(minute.subscribe, minute.read, start);
  const distance = Math.abs(roughly - relativeTo);
  const source = distance < 120_000 ? second : distance < 3_600_000 ? quarter : minute;
  return useSyncExternalStore(source.subscribe, source.read, start);
}

const never = () => () => undefined;

/** False on the server and in the first render: the person's zone and platform are not known there. */
export function useMounted(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
