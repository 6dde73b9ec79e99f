import { StatusMark } from "@/components/status/status-mark";
import { Button } from "./button";

interface Props {
  title: string;
  message: string;
  onRetry?: () => void;
}

/** What happened, where, and what next; calm. */
export function ErrorState({ title, message, onRetry }: Props) {
  return (
    <div role="alert" className="card flex items-start gap-2.5 px-3.5 py-3">
      <StatusMark mark={{ tone: "failed", word: "Failed" }} beside className="mt-0.5" />
      <div className="grid gap-0.5">
        <p className="font-[560]">{title}</p>
        <p className="text-text-2">{message}</p>
        {onRetry && (
          <div className="mt-2">
            <Button onClick={onRetry}>Try again</Button>
          </div>
        )}
      </div>
    </div>
  );
}
