/** Where the forge's answers differ from the recorded ones; docs/conformance.md says why. */
export const allowed: Record<string, string[]> = {
  "branch-protection 2": [
    "restrictions.teams[].description: null for string",
    "required_pull_request_reviews.dismissal_restrictions: absent for object",
  ],
  "pull-create-squash-merge 5": ["header: no strong etag"],
};
