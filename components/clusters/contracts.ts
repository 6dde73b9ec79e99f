import type { Result } from "@/lib/domain/result";

/** The server actions on what a person keeps for himself. */
export interface ViewActions {
  keep: (input: {
    page: string;
    name: string;
    team: string | null;
    search: string;
  }) => Promise<Result<unknown>>;
  drop: (input: { id: string }) => Promise<Result<unknown>>;
  chooseColumns: (input: { columns: string[] }) => Promise<Result<unknown>>;
}
