import type { JobView } from "@/lib/queries/views";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

interface Props {
  job: JobView;
  open: boolean;
  busy: boolean;
  onClose: () => void;
  onDiscard: () => void;
}

/** Asks once more before a dead letter goes for good. */
export function DiscardDialog({ job, open, busy, onClose, onDiscard }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={`Discard ${job.title}?`}>
      <p className="px-4 pb-3 text-text-2">
        This job goes for good and is not tried again; the audit trail says that you did it. The next of its
        kind still comes by itself, when it is due.
      </p>
      <div className="flex justify-end gap-2 border-t px-4 py-3">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="danger" disabled={busy} onClick={onDiscard}>
          {busy ? "Discarding…" : "Discard"}
        </Button>
      </div>
    </Dialog>
  );
}
