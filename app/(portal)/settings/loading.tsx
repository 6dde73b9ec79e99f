import { DetailSkeleton } from "@/components/shell/detail-skeleton";

/** The page's frame until it is read. */
export default function Loading() {
  return <DetailSkeleton title="Settings" />;
}
