import type { TemplateView } from "@/lib/queries/views";
import { cx } from "@/components/ui/cx";

interface Props {
  templates: TemplateView[];
  value: string;
  onChange: (name: string) => void;
}

/** The templates of the fleet repository, as radio buttons with a face. */
export function TemplateCards({ templates, value, onChange }: Props) {
  return (
    <fieldset className="mb-4 border-b pb-[18px]">
      <legend className="pb-2.5 font-semibold">Template</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {templates.map((template) => (
          <label
            key={template.name}
            className={cx(
              "block cursor-pointer rounded-lg border bg-surface px-[11px] py-[9px] has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent",
              template.name === value
                ? "border-accent ring-1 ring-accent"
                : "border-line-strong hover:bg-hover",
            )}
          >
            <input
              type="radio"
              name="template"
              className="sr-only"
              value={template.name}
              checked={template.name === value}
              onChange={() => {
                onChange(template.name);
              }}
            />
            <span className="block font-[560]">{template.title}</span>
            <span className="line-clamp-3 text-sm text-text-3" title={template.description}>
              version {template.version}
              {template.description !== "" && ` · ${template.description}`}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
