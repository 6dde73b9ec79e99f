import { Button } from "./button";

interface Props {
  page: number;
  pageSize: number;
  matched: number;
  onPage: (page: number) => void;
  /** What is counted, in words. */
  note: string;
}

/** Below a list: how much there is, and the way to the next page where there is one. */
export function Pager({ page, pageSize, matched, onPage, note }: Props) {
  const pages = Math.max(1, Math.ceil(matched / pageSize));
  return (
    <div className="mx-0.5 my-2.5 flex min-h-7 flex-wrap items-center gap-2 text-text-3">
      <p>
        {note}
        {pages > 1 && ` · page ${page} of ${pages}`}
      </p>
      {pages > 1 && (
        <div className="ml-auto flex gap-1.5">
          <Button
            disabled={page <= 1}
            onClick={() => {
              onPage(page - 1);
            }}
          >
            Previous
          </Button>
          <Button
            disabled={page >= pages}
            onClick={() => {
              onPage(page + 1);
            }}
          >
            Next
          </Button>
        </div>
      )}
    </div>
  );
}
