import { Button } from "@/components/ui/button";

interface Props {
  count: number;
  pending: boolean;
  onReconcile: () => void;
  onClear: () => void;
}

/** What can be done with the chosen rows; it stands over the page's foot, so nothing moves when it comes. */
export function BulkBar({ count, pending, onReconcile, onClear }: Props) {
  if (count === 0) return null;
  return (
    <div
      role="region"
      aria-label="Chosen objects"
      className="fixed bottom-4 left-1/2 z-40 flex -translate-x-1/2 items-center gap-3 rounded-lg border border-line bg-surface py-2 pr-2 pl-3.5 shadow-overlay"
    >
      <span>{count === 1 ? "1 object chosen" : `${count} objects chosen`}</span>
      <Button variant="quiet" onClick={onClear}>
        Clear
      </Button>
      <Button variant="primary" disabled={pending || count > 50} onClick={onReconcile}>
        {pending ? "Asking Flux…" : count > 50 ? "At most 50 at once" : "Reconcile now"}
      </Button>
    </div>
  );
}
