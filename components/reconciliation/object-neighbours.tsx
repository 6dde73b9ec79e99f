import type { FluxLink, FluxObjectView } from "@/lib/queries/flux-views";
import { Card } from "@/components/ui/card";
import { ObjectLink } from "./object-facts";

/** What it waits for, and what waits for it: the dependency graph one step either way. */
export function ObjectNeighbours({ object }: { object: FluxObjectView }) {
  return (
    <Card title="Dependencies">
      <div className="grid gap-3 px-3.5 pb-3 md:grid-cols-2">
        <Links
          title="Depends on"
          none="It waits for no other object."
          links={[...(object.source ? [object.source] : []), ...object.dependsOn]}
        />
        <Links title="Waits for it" none="No other object waits for it." links={object.waiting} />
      </div>
    </Card>
  );
}

function Links({ title, none, links }: { title: string; none: string; links: FluxLink[] }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1 text-sm font-medium text-text-3">{title}</h3>
      {links.length === 0 ? (
        <p className="text-text-2">{none}</p>
      ) : (
        <ul className="grid max-h-64 gap-1 overflow-y-auto">
          {links.map((link) => (
            <li key={link.label} className="min-w-0">
              <ObjectLink link={link} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
