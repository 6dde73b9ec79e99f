"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";

interface Props {
  label: string;
  submit: string;
  needed: boolean;
  busy: boolean;
  onSubmit: (comment: string) => void;
  onCancel: () => void;
}

/** A sentence that goes with a decision; kept when sending fails. */
export function CommentForm({ label, submit, needed, busy, onSubmit, onCancel }: Props) {
  const [text, setText] = useState("");
  const id = useId();
  const missing = needed && text.trim() === "";
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) onSubmit(text.trim());
      }}
    >
      <label htmlFor={id} className="text-[12.5px] font-medium">
        {label}
      </label>
      <textarea
        id={id}
        autoFocus
        rows={4}
        maxLength={4000}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        className="w-full resize-y rounded-md border border-line-strong bg-surface px-[9px] py-1.5 outline-none focus:border-accent focus:ring-1 focus:ring-accent"
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={busy || missing}>
          {submit}
        </Button>
        <Button variant="quiet" disabled={busy} onClick={onCancel}>
          Back
        </Button>
      </div>
    </form>
  );
}
