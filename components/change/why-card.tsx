import type { ChangeDetail } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";

/** The purpose in the asker's words; for a hand-made pull request its description as written. */
export function WhyCard({ change }: { change: ChangeDetail }) {
  const text = change.why ?? change.body;
  if (text.trim() === "") return null;
  return (
    <Card title={change.why === null ? "Description" : "Why"} className="max-lg:order-2">
      <p className="px-3.5 pb-3 leading-[1.55] break-words whitespace-pre-wrap">{text.trim()}</p>
    </Card>
  );
}
