"use client";

import { useState, useTransition } from "react";
import type { Failure } from "@/lib/domain/result";
import type { ChangeAction, ChangeDetail } from "@/lib/queries/views";
import { Button } from "@/components/ui/button";
import type { ButtonVariant } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FailureNote } from "@/components/ui/failure-note";
import { toast } from "@/components/ui/toasts";
import { ApprovalsLine } from "./approvals-line";
import { CommentForm } from "./comment-form";
import type { DecisionActions } from "./decision";

interface Props {
  change: ChangeDetail;
  decide: DecisionActions;
  onDecided: () => void;
}

interface Look {
  label: string;
  busy: string;
  done: string;
  variant: ButtonVariant;
  /** Asks for a sentence first. */
  comment?: "needed" | "optional";
}

const looks: Record<ChangeAction, Look> = {
  "approve-and-merge": {
    label: "Approve and merge",
    busy: "Approving and merging…",
    done: "Approved and merged",
    variant: "primary",
  },
  approve: { label: "Approve only", busy: "Approving…", done: "Approved", variant: "plain" },
  merge: { label: "Merge", busy: "Merging…", done: "Merged", variant: "plain" },
  "request-changes": {
    label: "Request changes…",
    busy: "Sending…",
    done: "Changes requested",
    variant: "quiet",
    comment: "needed",
  },
  close: { label: "Close…", busy: "Closing…", done: "Closed", variant: "quiet", comment: "optional" },
};

const noAnswer = {
  message: "Fleetwright did not answer. Nothing may have happened; look at the state above, then try again.",
};

/** What the viewer may do with this change, as himself; what he may not says why. */
export function DecisionCard({ change, decide, onDecided }: Props) {
  const [running, setRunning] = useState<ChangeAction | null>(null);
  const [asking, setAsking] = useState<ChangeAction | null>(null);
  const [failure, setFailure] = useState<Pick<Failure, "message" | "cureUrl"> | null>(null);
  const [, start] = useTransition();
  const run = (action: ChangeAction, comment?: string) => {
    if (running !== null) return;
    setRunning(action);
    setFailure(null);
    start(async () => {
      const result = await decide[action]({ number: change.number, headSha: change.headSha, comment }).catch(
        () => null,
      );
      setRunning(null);
      if (result === null) setFailure(noAnswer);
      else if (result.ok) {
        setAsking(null);
        toast("done", looks[action].done, `#${change.number} ${change.title}`);
      } else setFailure(result);
      onDecided();
    });
  };
  const none = !change.actions.some(({ allowed }) => allowed);
  const leading = change.actions.find(
    ({ action, allowed }) => allowed && looks[action].comment === undefined,
  )?.action;
  return (
    <Card title={change.state === "open" ? "Your decision" : "Approvals"} className="max-lg:order-3">
      <div className="grid gap-2 px-3.5 pb-3">
        <ApprovalsLine approvals={change.approvals} />
        {asking === null &&
          !none &&
          change.actions.map(({ action, allowed, reason }) => (
            <ActionButton
              key={action}
              label={running === action ? looks[action].busy : looks[action].label}
              variant={
                action === leading
                  ? "primary"
                  : looks[action].variant === "primary"
                    ? "plain"
                    : looks[action].variant
              }
              disabled={!allowed || running !== null}
              reason={allowed ? null : reason}
              onClick={() => {
                if (looks[action].comment === undefined) run(action);
                else setAsking(action);
              }}
            />
          ))}
        {asking !== null && (
          <CommentForm
            key={asking}
            label={asking === "close" ? "Why is it closed? (optional)" : "What should change?"}
            submit={running === asking ? looks[asking].busy : looks[asking].label.replace("…", "")}
            needed={looks[asking].comment === "needed"}
            busy={running !== null}
            onSubmit={(comment) => {
              run(asking, comment);
            }}
            onCancel={() => {
              setAsking(null);
            }}
          />
        )}
        {none && <Reasons actions={change.actions} />}
        {failure !== null && <FailureNote failure={failure} />}
        <p className="text-sm text-text-3">{change.decisionNote}</p>
      </div>
    </Card>
  );
}

interface ActionButtonProps {
  label: string;
  variant: ButtonVariant;
  disabled: boolean;
  reason: string | null;
  onClick: () => void;
}

function ActionButton({ label, variant, disabled, reason, onClick }: ActionButtonProps) {
  return (
    <div className="grid gap-1">
      <Button variant={variant} size="large" disabled={disabled} onClick={onClick} className="w-full">
        {label}
      </Button>
      {reason !== null && <p className="text-sm text-text-2">{reason}</p>}
    </div>
  );
}

/** Where nothing is allowed, each reason once. */
function Reasons({ actions }: Pick<ChangeDetail, "actions">) {
  const reasons = [...new Set(actions.flatMap(({ reason }) => reason ?? []))];
  return reasons.map((reason) => (
    <p key={reason} className="text-text-2">
      {reason}
    </p>
  ));
}
