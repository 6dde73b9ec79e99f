import type { ComponentProps } from "react";
import { cx } from "./cx";

const variants = {
  primary: "border-accent bg-accent text-on-accent hover:brightness-110",
  plain: "border-line-strong bg-surface text-text hover:bg-hover",
  danger: "border-line-strong bg-surface text-failed-text hover:bg-failed-soft",
  quiet: "border-transparent text-text-2 hover:bg-hover hover:text-text",
} as const;

export type ButtonVariant = keyof typeof variants;

/** Classes of a button, for links that look like one. */
export const buttonClass = (variant: ButtonVariant = "plain", size: "normal" | "large" = "normal"): string =>
  cx(
    "inline-flex flex-none items-center justify-center gap-1.5 rounded-md border px-2.5 text-[12.5px] font-medium whitespace-nowrap transition-colors duration-100 select-none",
    "disabled:pointer-events-none disabled:opacity-55 aria-disabled:opacity-55",
    size === "large" ? "h-8 px-3" : "h-7",
    variants[variant],
  );

interface Props extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: "normal" | "large";
}

/** A button that does something here; what goes somewhere is a link with `buttonClass`. */
export function Button({ variant = "plain", size = "normal", className, type = "button", ...rest }: Props) {
  return <button type={type} className={cx(buttonClass(variant, size), className)} {...rest} />;
}
