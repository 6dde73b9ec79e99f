import type { JourneyStep } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { JourneySteps } from "./journey-steps";

/** How the cluster came (or comes) to be, step by step. */
export function JourneyCard({ caption, steps }: { caption: string; steps: JourneyStep[] }) {
  if (steps.length === 0) return null;
  return (
    <Card title="Journey" aside={caption}>
      <JourneySteps steps={steps} />
    </Card>
  );
}
