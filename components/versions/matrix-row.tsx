import Link from "next/link";
import type { MinorRow } from "@/lib/domain/versions/version-matrix";
import { cx } from "@/components/ui/cx";
import { clusterAddress } from "./cluster-address";
import { SupportState } from "./support-state";

interface Props {
  row: Pick<MinorRow, "version" | "total" | "cells">;
  environments: string[];
  /** Of a minor; its patches have none of their own. */
  support?: MinorRow["support"];
  /** The version is no version, so no filter finds it. */
  plain?: boolean;
}

const cell = "h-[28px] border-b px-2.5 first:pl-3.5 last:pr-3.5";

/** A minor, or below it one of its patches. */
export function MatrixRow({ row: { version, total, cells }, environments, support, plain = false }: Props) {
  const count = (number: number, environment?: string) =>
    plain ? (
      number
    ) : (
      <Link
        href={clusterAddress(version, environment)}
        prefetch={false}
        aria-label={`${String(number)} on ${version}${environment === undefined ? "" : ` in ${environment}`}`}
        className="-mx-1.5 rounded px-1.5 py-0.5 hover:bg-hover hover:underline"
      >
        {number}
      </Link>
    );
  return (
    <tr className={cx("row-hover", support ? "font-[560]" : "text-text-2")}>
      <th
        scope="row"
        className={cx(cell, "mono text-left font-[inherit] whitespace-nowrap", !support && "pl-7!")}
      >
        {version}
      </th>
      {environments.map((environment) => {
        const here = cells[environment];
        return (
          <td key={environment} className={cx(cell, "text-right tabular-nums")}>
            {here === undefined ? (
              <span aria-label="none" role="img" className="text-text-3">
                ·
              </span>
            ) : (
              count(here, environment)
            )}
          </td>
        );
      })}
      <td className={cx(cell, "text-right tabular-nums")}>{count(total)}</td>
      <td className={cx(cell, "font-normal")}>{support && <SupportState support={support.upstream} />}</td>
      <td className={cx(cell, "font-normal")}>{support && <SupportState support={support.aks} />}</td>
    </tr>
  );
}
