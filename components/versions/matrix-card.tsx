import type { FleetVersions } from "@/lib/domain/versions/fleet-versions";
import { Card } from "@/components/ui/card";
import { MatrixRow } from "./matrix-row";

interface Props {
  matrix: FleetVersions["matrix"];
  unknown: FleetVersions["unknown"];
}

const head = "h-7 border-b px-2.5 text-sm font-medium whitespace-nowrap text-text-3 first:pl-3.5 last:pr-3.5";

/** Minors and their patches against environments; each number leads to the clusters it counts. */
export function MatrixCard({ matrix: { environments, minors, unreadable }, unknown }: Props) {
  const without = Object.values(unknown).reduce((sum, count) => sum + count, 0);
  return (
    <Card
      className="xl:col-span-2"
      title="Kubernetes"
      aside="what runs, or is asked for where nothing runs yet"
      end={without > 0 && `${String(without)} without a known version`}
    >
      <div
        className="overflow-x-auto border-t"
        tabIndex={0}
        role="region"
        aria-label="Versions by environment"
      >
        <table
          aria-label="Clusters by version and environment"
          className="w-full border-separate border-spacing-0"
        >
          <thead>
            <tr>
              <th scope="col" className={`${head} text-left`}>
                Version
              </th>
              {environments.map((environment) => (
                <th key={environment} scope="col" className={`${head} text-right`}>
                  {environment === "none" ? "no environment" : environment}
                </th>
              ))}
              <th scope="col" className={`${head} text-right`}>
                All
              </th>
              <th scope="col" className={`${head} text-left`}>
                Kubernetes support
              </th>
              <th scope="col" className={`${head} text-left`}>
                AKS support
              </th>
            </tr>
          </thead>
          {minors.map((minor) => (
            <tbody key={minor.version}>
              <MatrixRow row={minor} environments={environments} support={minor.support} />
              {minor.patches.map((patch) => (
                <MatrixRow key={patch.version} row={patch} environments={environments} />
              ))}
            </tbody>
          ))}
          {unreadable.length > 0 && (
            <tbody>
              {unreadable.map((row) => (
                <MatrixRow key={row.version} row={row} environments={environments} plain />
              ))}
            </tbody>
          )}
        </table>
      </div>
    </Card>
  );
}
