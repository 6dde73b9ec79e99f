/** Next passes an error's digest to the browser, and nothing else of it: by this one the page knows what to say. */
export const databaseAwayDigest = "database-away";

/** Who asks could not be looked up, since the database does not answer: nobody is signed out by that. */
export class DatabaseAway extends Error {
  readonly digest = databaseAwayDigest;

  constructor(cause: unknown) {
    super("The database cannot be reached.", { cause });
    this.name = "DatabaseAway";
  }
}
