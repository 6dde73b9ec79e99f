import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";

interface Props {
  /** What could not be read. */
  what: string;
  known: boolean;
  error: Error | null;
  onRetry: () => void;
}

/** Before anything is known, and where the last reading failed: then what is below is older. */
export function SectionState({ what, known, error, onRetry }: Props) {
  if (error) {
    return (
      <div className="mb-4">
        <ErrorState
          title={`${what} could not be read`}
          message={known ? `${error.message} Below is what we knew last.` : error.message}
          onRetry={onRetry}
        />
      </div>
    );
  }
  return known ? null : <Skeleton className="h-[180px] w-full rounded-lg" />;
}
