import type { Support } from "@/lib/domain/versions/support-of";
import { StatusText } from "@/components/status/status-text";
import { supportDate, supportMark } from "./support-words";

/** Where a minor stands in a calendar: word and day. */
export function SupportState({ support }: { support: Support }) {
  const date = supportDate(support);
  return (
    <StatusText block mark={supportMark(support)}>
      {date !== null && <span className="whitespace-nowrap text-text-3">{date}</span>}
    </StatusText>
  );
}
