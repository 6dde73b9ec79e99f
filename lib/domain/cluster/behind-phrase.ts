/** The head of the fleet's default branch, as far as the portal has read it. */
export interface Head {
  branch: string;
  sha: string | null;
}

/** Where something that is behind stands, to be read after its name: "still at 4e1c09a, main is b82f117". */
export function behindPhrase(at: string | null, { branch, sha }: Head): string {
  const still = at === null ? "at an unknown commit" : `still at ${short(at)}`;
  return sha === null || sha === at ? still : `${still}, ${branch} is ${short(sha)}`;
}

const short = (sha: string): string => sha.slice(0, 7);
