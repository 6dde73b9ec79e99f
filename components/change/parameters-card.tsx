import type { ChangeDetail } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";

/** What was asked for, in short. */
export function ParametersCard({ parameters }: Pick<ChangeDetail, "parameters">) {
  if (parameters.length === 0) return null;
  return (
    <Card title="Parameters" className="max-lg:order-7">
      <dl className="grid grid-cols-[minmax(90px,130px)_minmax(0,1fr)] gap-y-[5px] px-3.5 pt-0.5 pb-3">
        {parameters.map(({ label, value, mono }) => (
          <div key={label} className="contents">
            <dt className="text-text-3">{label}</dt>
            <dd className={cx("break-words", mono && "mono")}>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
