import { cx } from "@/components/ui/cx";

interface Props {
  paths: string[];
  value: string;
  onChange: (path: string) => void;
  /** How many lines of a file have an error. */
  errors?: Record<string, number>;
}

/** Files side by side: each by as much of its path as tells it apart. */
export function FileTabs({ paths, value, onChange, errors = {} }: Props) {
  return (
    <div role="group" aria-label="Files" className="flex gap-0.5 overflow-x-auto border-b px-2 pt-1.5">
      {paths.map((path) => (
        <button
          key={path}
          type="button"
          title={path}
          aria-pressed={path === value}
          onClick={() => {
            onChange(path);
          }}
          className={cx(
            "mono flex-none rounded-t-md px-2.5 py-1.5 whitespace-nowrap hover:bg-hover focus-visible:-outline-offset-2",
            path === value ? "text-text shadow-[inset_0_-2px_0_var(--accent)]" : "text-text-2",
          )}
        >
          {shortPath(path, paths)}
          {(errors[path] ?? 0) > 0 && (
            <span className="ml-1.5 rounded-sm bg-failed-soft px-1 font-sans text-[11px] text-failed-text">
              {errors[path]}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** The file's name; with its folder where two files have the same name or the name is the cluster's own. */
function shortPath(path: string, all: string[]): string {
  const parts = path.split("/");
  const name = parts.at(-1) ?? path;
  const alike = all.filter((other) => other.split("/").at(-1) === name).length > 1;
  return alike || parts.includes("fleet") ? parts.slice(-2).join("/") : name;
}
