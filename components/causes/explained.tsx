import { ExternalLink } from "lucide-react";
import type { ExplanationView } from "@/lib/queries/views";

const helpers: Record<string, string> = {
  "platform engineer": "A platform engineer can end it.",
  team: "The team that owns what is applied can end it.",
  "nobody: it passes": "Nobody needs to do anything: it passes.",
};

/** A known error in plain words: what it means, who can end it, how step by step, and where to read on. */
export function Explained({ explanation }: { explanation: ExplanationView }) {
  const { meaning, who, fix, link } = explanation;
  return (
    <div className="mt-2 grid gap-1.5 border-t border-line pt-2">
      <p className="break-words">{meaning}</p>
      <p className="text-text-2">{helpers[who] ?? `The ${who} can end it.`}</p>
      {fix.length > 0 && (
        <ol aria-label="What to do" className="list-decimal pl-5 text-text-2">
          {fix.map((step) => (
            <li key={step} className="break-words">
              {step}
            </li>
          ))}
        </ol>
      )}
      {link !== null && (
        <a
          href={link}
          target="_blank"
          rel="noreferrer"
          className="text-link inline-flex items-center gap-1 justify-self-start"
        >
          Read more at {new URL(link).hostname} <ExternalLink size={12} aria-hidden />
        </a>
      )}
    </div>
  );
}
