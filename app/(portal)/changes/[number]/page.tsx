import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ChangeView } from "@/components/change/change-view";
import { Prefetched } from "@/components/shell/prefetched";
import { queryKeys } from "@/lib/client/query-keys";
import { findChange } from "@/lib/queries/find-change";
import { readContext } from "@/lib/server/session";
import {
  approveAction,
  approveAndMergeAction,
  closeAction,
  mergeAction,
  requestChangesAction,
} from "./actions";

type Props = PageProps<"/changes/[number]">;

const decide = {
  "approve-and-merge": approveAndMergeAction,
  approve: approveAction,
  merge: mergeAction,
  "request-changes": requestChangesAction,
  close: closeAction,
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `#${(await params).number}` };
}

export default async function ChangePage({ params }: Props) {
  const number = parseNumber((await params).number);
  if (number === null) notFound();
  const change = await findChange(await readContext(), number);
  // A pull request opened this moment may not be read yet: the page waits for it (components/change/unknown-change).
  if (change === null) return <ChangeView number={number} known={false} decide={decide} />;
  return (
    <Prefetched queryKey={queryKeys.change(number)} data={change}>
      <ChangeView number={number} known decide={decide} />
    </Prefetched>
  );
}

const parseNumber = (text: string): number | null => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null);
