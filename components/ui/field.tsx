import type { ReactNode } from "react";
import { cx } from "./cx";

/** Ids that tie a control to its help and error. */
export const fieldIds = (id: string) => ({ help: `${id}-help`, error: `${id}-error` });

export const controlClass =
  "h-[30px] w-full min-w-0 rounded-md border bg-surface px-[9px] text-left outline-none focus:border-accent focus:ring-1 focus:ring-accent data-popup-open:border-accent";

interface Props {
  id: string;
  label: string;
  error: string | null;
  help?: ReactNode;
  optional?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, control, help, and the error beside it; the control names them by `fieldIds`. */
export function Field({ id, label, error, help, optional = false, className, children }: Props) {
  const ids = fieldIds(id);
  return (
    <div className={cx("grid content-start gap-1", className)}>
      <label htmlFor={id} className="text-[12.5px] font-medium">
        {label}
        {optional && <span className="font-normal text-text-3"> optional</span>}
      </label>
      {children}
      {error !== null && (
        <p id={ids.error} className="text-sm break-words text-failed-text">
          {error}
        </p>
      )}
      {help !== undefined && help !== null && error === null && (
        <p id={ids.help} className="text-sm break-words text-text-3">
          {help}
        </p>
      )}
    </div>
  );
}
