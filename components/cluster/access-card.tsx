import type { ClusterDetail } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";

/** How one gets a kubeconfig: commands to run oneself, since the portal hands none out. */
export function AccessCard({ ways }: { ways: NonNullable<ClusterDetail["access"]> }) {
  if (ways.length === 0) return null;
  return (
    <Card title="Access" aside="the portal hands out no kubeconfig">
      {ways.map(({ title, needs, commands }) => (
        <section key={title} aria-label={title} className="border-t px-3.5 py-2">
          <h3 className="font-[540]">{title}</h3>
          <p className="text-sm text-text-3">Needs {needs}.</p>
          <pre
            tabIndex={0}
            aria-label={`Commands: ${title}`}
            className="mono mt-1 overflow-x-auto rounded-md bg-hover px-2 py-1.5 text-[12px]"
          >
            {commands.join("\n")}
          </pre>
        </section>
      ))}
    </Card>
  );
}
