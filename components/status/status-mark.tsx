import type { ReactNode } from "react";
import type { Mark, Tone } from "@/lib/domain/cluster/mark";
import { cx } from "@/components/ui/cx";

const colour = (tone: Tone) => `var(--${tone === "blocked" ? "failed" : tone})`;

/** The only place where a tone becomes a shape; each reads in greyscale too. */
const shapes: Record<Tone, ReactNode> = {
  healthy: <circle cx="7" cy="7" r="4.6" fill={colour("healthy")} />,
  progress: (
    <>
      <circle
        cx="7"
        cy="7"
        r="4.6"
        fill="none"
        stroke={colour("progress")}
        strokeOpacity=".28"
        strokeWidth="2"
      />
      <path
        className="arc"
        d="M7 2.4a4.6 4.6 0 0 1 4.6 4.6"
        fill="none"
        stroke={colour("progress")}
        strokeWidth="2"
        strokeLinecap="round"
      />
    </>
  ),
  waiting: <circle cx="7" cy="7" r="4.4" fill="none" stroke={colour("waiting")} strokeWidth="1.6" />,
  attention: (
    <path
      d="M7 1.9 12.6 11.7H1.4Z"
      fill={colour("attention")}
      stroke={colour("attention")}
      strokeWidth="1"
      strokeLinejoin="round"
    />
  ),
  failed: <rect x="2.2" y="2.2" width="9.6" height="9.6" rx="1.6" fill={colour("failed")} />,
  blocked: (
    <>
      <rect
        x="2.8"
        y="2.8"
        width="8.4"
        height="8.4"
        rx="1.6"
        fill="none"
        stroke={colour("blocked")}
        strokeWidth="1.6"
      />
      <path d="M5 7h4" stroke={colour("blocked")} strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  suspended: (
    <>
      <rect x="3" y="2.6" width="3" height="8.8" rx="1" fill={colour("suspended")} />
      <rect x="8" y="2.6" width="3" height="8.8" rx="1" fill={colour("suspended")} />
    </>
  ),
  unknown: (
    <>
      <rect
        x="2.6"
        y="2.6"
        width="8.8"
        height="8.8"
        rx="1.6"
        fill="none"
        stroke={colour("unknown")}
        strokeWidth="1.4"
        strokeDasharray="2.2 1.6"
      />
      <path d="M4.2 9.8 9.8 4.2" stroke={colour("unknown")} strokeWidth="1.2" />
    </>
  ),
};

interface Props {
  mark: Mark;
  /** True where the word stands beside the mark: then it is not read twice. */
  beside?: boolean;
  size?: number;
  className?: string;
}

/** Shape and colour of a state. Alone it carries its word for those who cannot see it. */
export function StatusMark({ mark, beside = false, size = 14, className }: Props) {
  const naming = beside ? { "aria-hidden": true } : { role: "img", "aria-label": mark.word };
  return (
    <svg
      viewBox="0 0 14 14"
      width={size}
      height={size}
      data-tone={mark.tone}
      className={cx("flex-none", className)}
      {...naming}
    >
      {shapes[mark.tone]}
    </svg>
  );
}
