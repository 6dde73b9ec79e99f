/** Kinds that are only asked, never stored. */
export interface ReviewKind {
  group: string;
  version: string;
  resource: string;
  kind: string;
  namespaced: boolean;
}

export const reviewKinds: ReviewKind[] = [
  ["authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"],
  ["authentication.k8s.io", "tokenreviews", "TokenReview"],
  ["authorization.k8s.io", "localsubjectaccessreviews", "LocalSubjectAccessReview"],
  ["authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview"],
  ["authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview"],
  ["authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview"],
].map(([group = "", resource = "", kind = ""]) => ({
  group,
  version: "v1",
  resource,
  kind,
  namespaced: kind === "LocalSubjectAccessReview",
}));
