"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { controlClass, Field } from "@/components/ui/field";
import { SelectControl } from "@/components/ui/select-control";

interface Props {
  open: boolean;
  teams: string[];
  onClose: () => void;
  /** Resolves to why it was not kept, or null. */
  onSave: (name: string, team: string | null) => Promise<string | null>;
}

const own = "me";

/** Name of a view, and who sees it. */
export function SaveViewDialog({ open, teams, onClose, onSave }: Props) {
  const [name, setName] = useState("");
  const [team, setTeam] = useState(own);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const save = () => {
    start(async () => {
      const failure = await onSave(name.trim(), team === own ? null : team).catch(
        () => "Fleetwright did not answer. Try again in a moment.",
      );
      setError(failure);
      if (failure === null) {
        setName("");
        onClose();
      }
    });
  };
  return (
    <Dialog open={open} onClose={onClose} title="Keep this view" className="w-[400px]">
      <form
        className="grid gap-3 px-4 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field id="view-name" label="Name" error={error}>
          <input
            id="view-name"
            className={controlClass}
            value={name}
            maxLength={60}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </Field>
        <Field id="view-team" label="Seen by" error={null}>
          <SelectControl
            id="view-team"
            value={team}
            options={[
              { value: own, label: "me" },
              ...teams.map((one) => ({ value: one, label: `me and team ${one}` })),
            ]}
            onChange={setTeam}
          />
        </Field>
        <div className="flex justify-end">
          <Button type="submit" variant="primary" size="large" disabled={pending || name.trim() === ""}>
            {pending ? "Keeping…" : "Keep view"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
