import type { CostEstimate } from "@/lib/domain/fleet/prices";
import type { Failure } from "@/lib/domain/result";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { FailureNote } from "@/components/ui/failure-note";
import { CostLine } from "./cost-line";

interface Props {
  toFix: number;
  busy: boolean;
  failure: Failure | null;
  cost: CostEstimate | null;
  handBack: string | null;
}

/** The button that says what it does, what still keeps it from doing so, and what it would cost. */
export function FormFooter({ toFix, busy, failure, cost, handBack }: Props) {
  return (
    <div className="sticky bottom-0 z-10 grid gap-2 border-t bg-bg py-3 max-lg:order-3 max-lg:-mx-3 max-lg:px-3">
      {failure !== null && <FailureNote failure={failure} />}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <Button
          type="submit"
          variant="primary"
          size="large"
          disabled={busy}
          className={cx(toFix > 0 && "border-selected! bg-selected! text-accent-text!")}
          aria-describedby="to-fix"
        >
          {busy ? "Opening pull request…" : "Open pull request"}
        </Button>
        <span id="to-fix" aria-live="polite" className="text-text-3">
          {toFix > 0 && `${toFix} ${toFix === 1 ? "field" : "fields"} to fix`}
        </span>
        <span className="ml-auto text-right">
          <CostLine cost={cost} handBack={handBack} />
        </span>
      </div>
    </div>
  );
}
