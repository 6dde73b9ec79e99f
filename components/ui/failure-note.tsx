import type { Failure } from "@/lib/domain/result";

interface Props {
  failure: Pick<Failure, "message" | "cureUrl">;
}

/** What went wrong with what one just did, and where one can mend it himself. */
export function FailureNote({ failure: { message, cureUrl } }: Props) {
  return (
    <div role="alert" className="rounded-md bg-failed-soft px-2.5 py-2 break-words text-failed-text">
      {message}
      {cureUrl !== undefined && (
        <>
          {" "}
          <a href={cureUrl} target="_blank" rel="noreferrer" className="font-medium underline">
            {cureUrl.startsWith("/") ? "Sign in again" : "Mend it on the forge"}
          </a>
          , then try again.
        </>
      )}
    </div>
  );
}
