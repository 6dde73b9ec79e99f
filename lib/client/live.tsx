"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, use, useEffect, useState } from "react";
import type { ReactNode } from "react";
import { allViews, topics, viewsOfTopic } from "./query-keys.ts";
import type { Topic } from "./query-keys.ts";
import { createRefresher } from "./refresher.ts";
import { openSharedStream } from "./shared-stream.ts";

export interface LiveState {
  /** Null until the stream has opened or failed for the first time. */
  connected: boolean | null;
  /** When it was cut, in ms since the epoch. */
  since: number | null;
}

const Live = createContext<LiveState>({ connected: null, since: null });

/** Whether this page hears of changes as they happen. */
export const useLive = (): LiveState => use(Live);

/** Listens to `/api/events` and reads again what an event made old. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ connected: null, since: null });
  useEffect(() => {
    const refresh = createRefresher(client);
    return openSharedStream({
      url: "/api/events",
      onMessage: (message) => {
        if (message.kind === "resync") refresh(allViews);
        else if (isTopic(message.topic)) refresh(viewsOfTopic[message.topic]);
      },
      onConnected: (connected) => {
        setState((before) => next(before, connected));
        if (connected) refresh(["shell"]);
      },
    });
  }, [client]);
  return <Live value={state}>{children}</Live>;
}

function next(before: LiveState, connected: boolean): LiveState {
  if (before.connected === connected) return before;
  return { connected, since: connected ? null : Date.now() };
}

const isTopic = (value: string): value is Topic => (topics as readonly string[]).includes(value);
