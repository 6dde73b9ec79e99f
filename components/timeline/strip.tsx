"use client";

import type { KeyboardEvent } from "react";
import type { Tone } from "@/lib/domain/cluster/mark";
import { toneShape } from "./tone-shape";

export interface Stretch {
  key: string;
  tone: Tone | null;
  /** Share of the strip, in any unit. */
  weight: number;
  /** What it says: word, from, to, duration, cause. */
  label: string;
}

interface Props {
  label: string;
  stretches: Stretch[];
  /** What is looked at, by pointer or focus. */
  onLook?: (stretch: Stretch | null) => void;
}

/** One line of time. One tab stop; arrow keys go from stretch to stretch, each says itself. */
export function Strip({ label, stretches, onLook }: Props) {
  return (
    <ol aria-label={label} className="flex h-6 w-full items-center" onKeyDown={move}>
      {stretches.map((stretch, index) => (
        <li key={stretch.key} className="min-w-px" style={{ flex: `${String(stretch.weight)} 0 0` }}>
          <button
            type="button"
            tabIndex={index === 0 ? 0 : -1}
            title={stretch.label}
            aria-label={stretch.label}
            className="flex h-6 w-full items-center focus-visible:outline-2 focus-visible:outline-accent"
            onFocus={() => onLook?.(stretch)}
            onMouseEnter={() => onLook?.(stretch)}
          >
            <span aria-hidden className={`block w-full ${toneShape(stretch.tone)}`} />
          </button>
        </li>
      ))}
    </ol>
  );
}

function move(event: KeyboardEvent<HTMLOListElement>): void {
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (by === 0) return;
  const all = [...event.currentTarget.querySelectorAll("button")];
  const next = all[all.findIndex((one) => one === document.activeElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
