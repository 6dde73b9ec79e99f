"use client";

import { formatAge, formatDay, formatDayAndTime, formatExact } from "./format-time";
import { useMounted, useNow } from "./clock";

interface Props {
  at: string;
  className?: string;
  /** "14 min ago" rather than "14 min". */
  ago?: boolean;
}

/** How long ago (or in how long) something is; the exact time in the person's zone on hover. */
export function RelativeTime({ at, className, ago = false }: Props) {
  const time = Date.parse(at);
  const now = useNow(time);
  const mounted = useMounted();
  const age = now - time;
  const text = age < -1_500 ? `in ${formatAge(-age)}` : `${formatAge(age)}${ago ? " ago" : ""}`;
  return (
    <time dateTime={at} title={mounted ? formatExact(new Date(time)) : undefined} className={className}>
      {text}
    </time>
  );
}

/** A calendar day or day and time, in the person's zone once it is known (UTC until then). */
export function CalendarTime({
  at,
  withTime = false,
  className,
}: {
  at: string;
  withTime?: boolean;
  className?: string;
}) {
  const mounted = useMounted();
  const now = new Date(useNow(Date.parse(at)));
  const zone = mounted ? undefined : "UTC";
  const format = withTime ? formatDayAndTime : formatDay;
  return (
    <time dateTime={at} title={mounted ? formatExact(new Date(at)) : undefined} className={className}>
      {format(new Date(at), now, zone)}
    </time>
  );
}
