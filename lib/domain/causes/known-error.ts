/** Who can end an error. */
export type Helper =
  | "platform engineer"
  | "team"
  | "Azure subscription owner"
  | "Azure directory administrator"
  | "forge administrator"
  | "network administrator"
  | "registry administrator"
  | "nobody: it passes";

/**
 * One known error, as data. Texts are templates: `{name}` stands for what `captures` found, a part in brackets is
 * left out where a capture in it is missing.
 */
export interface KnownError {
  id: string;
  /** Tried on reason and message together; alternatives hold no unbounded repetition before a literal. */
  match: RegExp;
  /** What looks alike and is something else. */
  unless?: RegExp;
  /** Named groups of all of them are what the templates may use; the first that finds a name sets it. */
  captures?: readonly RegExp[];
  /** A reader of the text where patterns do not suffice (text-readers). */
  reader?: "git" | "file";
  title: string;
  /** The reporter's numbers in a few words; left out where a capture is missing. */
  told?: string;
  /** What two errors must share to be one cause, whoever reports them; without it they share their object. */
  scope?: string;
  meaning: string;
  /** What to do, in one short sentence, where there is one. */
  advice?: string;
  who: Helper;
  fix: readonly string[];
  /** Official documentation, where an address is known for sure. */
  link?: string;
  /** Where the wording is from: a recording, upstream source, documentation or a public report. */
  source: string;
  example: { reason?: string; message: string };
  /** Looks alike, and must not be taken for it. */
  nearMiss: string;
}
