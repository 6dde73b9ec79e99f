/** "+58 −1", in the colours of a diff. */
export function DiffCounts({ additions, deletions }: { additions: number; deletions: number }) {
  return (
    <span className="mono font-medium">
      {additions > 0 && <span className="text-healthy-text">+{additions}</span>}
      {additions > 0 && deletions > 0 && " "}
      {deletions > 0 && <span className="text-failed-text">−{deletions}</span>}
    </span>
  );
}
