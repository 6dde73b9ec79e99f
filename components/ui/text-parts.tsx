import Link from "next/link";
import type { ReactNode } from "react";
import type { TextPart } from "@/lib/queries/views";

/** Text with names in mono, things in bold and links, as the server composed it. */
export function TextParts({ parts, links = true }: { parts: TextPart[]; links?: boolean }) {
  return parts.map((part, index) => <Part key={index} part={part} links={links} />);
}

function Part({ part, links }: { part: TextPart; links: boolean }): ReactNode {
  const styled = style(part);
  if (!links || part.href === undefined) return styled;
  if (part.href.startsWith("/")) {
    return (
      <Link href={part.href} className="text-link">
        {styled}
      </Link>
    );
  }
  return (
    <a href={part.href} className="text-link" rel="noreferrer" target="_blank">
      {styled}
    </a>
  );
}

function style(part: TextPart): ReactNode {
  if (part.kind === "code") return <code className="mono">{part.text}</code>;
  if (part.kind === "strong") return <b className="font-[560] text-text">{part.text}</b>;
  return part.text;
}
