/** The import table of docs/architecture.md. Every rule is one row of it. */
const generated = "^lib/db/generated";
/** Tests and what only tests import. */
const test = "\\.test\\.tsx?$|/testing/";

/** Room `from` may import only `to` (its own folder, its listed neighbours and its listed packages). */
const only = (name, from, to) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: test },
  to: { pathNot: to },
});
const never = (name, from, to, more = {}) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: test, ...more },
  to: { path: to },
});
const npm = (...names) => `^node_modules/(${names.join("|")})(/|$)`;

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, dependencyTypesNot: ["type-only"] },
    },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    only("domain-is-pure", "^lib/domain/", [
      "^lib/domain/",
      npm("zod", "yaml", "semver", "@types/semver", "cidr-tools", "ip-bigint", "ajv", "ajv-formats"),
    ]),
    never("forge-and-kubernetes-stand-alone", "^lib/forge/", "^lib/(?!forge/|domain/)"),
    never("kubernetes-stands-alone", "^lib/kubernetes/", "^lib/(?!kubernetes/|domain/)"),
    never("git-stands-alone", "^lib/(git|kustomize)/", "^lib/(?!git/|kustomize/|domain/)"),
    never("db-knows-only-domain", "^lib/db/", "^lib/(?!db/|domain/)"),
    never("changes", "^lib/changes/", "^lib/(?!changes/|domain/|forge/[a-z-]+\\.ts|git/|kustomize/|db/)"),
    never(
      "use-cases",
      "^lib/usecases/",
      "^lib/(?!usecases/|changes/|domain/|forge/[a-z-]+\\.ts|git/|kustomize/|db/)",
    ),
    never("queries-read-only-the-database", "^lib/queries/", "^lib/(?!queries/|domain/|db/|git/)"),
    never("engine", "^lib/engine/", "^lib/(usecases|queries|server|client)/"),
    never(
      "browser-code",
      "^(components|lib/client)/",
      "^lib/(db|usecases|server|engine|forge|kubernetes|git|kustomize|changes)/",
    ),
    never(
      "browser-code-reads-types-of-queries-only",
      "^(components|lib/client)/",
      "^lib/queries/(?!views\\.ts|[a-z]+-views\\.ts|context\\.ts)",
    ),
    never("app-renders", "^app/", "^lib/(engine|forge|kubernetes|git|kustomize|changes|db)/"),
    never(
      "app-has-no-drivers",
      "^(app|components)/",
      npm("@prisma", "@octokit", "@kubernetes", "pg", "undici"),
    ),
    never("lib-knows-no-pages", "^lib/", "^(app|components)/"),
    never(
      "only-server-and-auth-use-next",
      "^lib/(?!server/|client/)",
      npm("next", "next-auth", "react", "react-dom"),
    ),
    never("generated-stays-in-db", "^(?!lib/db/)", generated),
    never(
      "sandbox-is-apart",
      "^sandbox/",
      "^(app|components)/|^lib/(db|usecases|queries|server|engine|changes|client|forge|kubernetes)/",
    ),
    never("product-does-not-know-the-sandbox", "^(app|components|lib)/", "^sandbox/"),
    never("tests-support-stays-in-tests", "^(app|components|lib)/", "^(e2e|scripts)/"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|node_modules/\\.cache)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
