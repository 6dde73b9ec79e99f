import { DetailSkeleton } from "@/components/shell/detail-skeleton";

/** The list's frame until it is read. */
export default function Loading() {
  return <DetailSkeleton title="Commits" />;
}
