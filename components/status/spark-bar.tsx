interface Props {
  done: number;
  total: number;
  /** What is counted, for those who cannot see the bar. */
  label: string;
}

/** "3 of 4" as a short bar and as text: the filled part is done, the rest needs attention. */
export function SparkBar({ done, total, label }: Props) {
  const rest = Math.max(0, total - done);
  return (
    <span className="flex items-center gap-[7px] whitespace-nowrap tabular-nums">
      <span
        aria-hidden
        className="inline-flex h-[5px] w-[46px] flex-none overflow-hidden rounded-xs bg-raised outline-1 -outline-offset-1 outline-line"
      >
        <i className="bg-healthy" style={{ flex: done }} />
        <i className="bg-attention" style={{ flex: rest }} />
      </span>
      <span>
        {done}/{total}
        <span className="sr-only"> {label}</span>
      </span>
    </span>
  );
}
