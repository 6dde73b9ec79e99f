"use client";

import { useRef } from "react";
import { Button } from "@/components/ui/button";

interface Props {
  at: string;
  onAt: (at: string | null) => void;
}

/** Asks for a moment, in the person's zone; the address carries it as UTC. */
export function MomentField({ at, onAt }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const moment = new Date(input.current?.value ?? "");
        if (!Number.isNaN(moment.getTime())) onAt(moment.toISOString());
      }}
    >
      <label className="flex items-center gap-2 text-text-2">
        What was it at
        <input
          ref={input}
          type="datetime-local"
          required
          className="h-7 rounded-md border bg-surface px-2 text-text"
        />
      </label>
      <Button type="submit">Show</Button>
      {at !== "" && (
        <Button
          onClick={() => {
            onAt(null);
          }}
        >
          Back to the strips
        </Button>
      )}
    </form>
  );
}
