import type { ForgePermission } from "../../contracts.ts";
import { roleAtLeast } from "../http/caller.ts";
import type { World } from "../world.ts";
import { fullName } from "../state/people.ts";
import type { Json } from "./user.ts";
import { nodeId, userShape } from "./user.ts";

const templates: Record<string, string> = {
  archive: "/{archive_format}{/ref}",
  assignees: "/assignees{/user}",
  blobs: "/git/blobs{/sha}",
  branches: "/branches{/branch}",
  collaborators: "/collaborators{/collaborator}",
  comments: "/comments{/number}",
  commits: "/commits{/sha}",
  compare: "/compare/{base}...{head}",
  contents: "/contents/{+path}",
  contributors: "/contributors",
  deployments: "/deployments",
  downloads: "/downloads",
  events: "/events",
  forks: "/forks",
  git_commits: "/git/commits{/sha}",
  git_refs: "/git/refs{/sha}",
  git_tags: "/git/tags{/sha}",
  hooks: "/hooks",
  issue_comment: "/issues/comments{/number}",
  issue_events: "/issues/events{/number}",
  issues: "/issues{/number}",
  keys: "/keys{/key_id}",
  labels: "/labels{/name}",
  languages: "/languages",
  merges: "/merges",
  milestones: "/milestones{/number}",
  notifications: "/notifications{?since,all,participating}",
  pulls: "/pulls{/number}",
  releases: "/releases{/id}",
  stargazers: "/stargazers",
  statuses: "/statuses/{sha}",
  subscribers: "/subscribers",
  subscription: "/subscription",
  tags: "/tags",
  teams: "/teams",
  trees: "/git/trees{/sha}",
};

/** REST address of the repository. */
export function repositoryUrl(world: World): string {
  return `${world.api}/repos/${fullName(world.store.state)}`;
}

/** GitHub's `permissions` object for a role. */
export function permissionsShape(role: ForgePermission | null): Record<string, boolean> {
  const roles = ["admin", "maintain", "push", "triage", "pull"] as const;
  return Object.fromEntries(roles.map((wanted) => [wanted, roleAtLeast(role, wanted)]));
}

/** A repository as it appears inside other objects (`minimal-repository` and `repository`). */
export function repositoryShape(world: World): Json {
  const { repository, organization, pulls } = world.store.state;
  const url = repositoryUrl(world);
  const page = `${world.url}/${fullName(world.store.state)}`;
  const open = pulls.filter((pull) => pull.state === "open").length;
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: fullName(world.store.state),
    private: true,
    visibility: "private",
    owner: userShape(world, organization.login),
    html_url: page,
    description: repository.description,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(templates).map(([name, path]) => [`${name}_url`, url + path])),
    git_url: `git:${page.replace(/^https?:/, "")}.git`,
    ssh_url: `git@127.0.0.1:${fullName(world.store.state)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    mirror_url: null,
    language: null,
    license: null,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1024,
    default_branch: repository.defaultBranch,
    open_issues: open,
    open_issues_count: open,
    topics: [],
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    pushed_at: repository.pushedAt,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
  };
}

/** `GET /repos/{owner}/{repo}`: everything, with what the caller may do. */
export function fullRepositoryShape(world: World, role: ForgePermission | null): Json {
  const { repository, organization } = world.store.state;
  return {
    ...repositoryShape(world),
    permissions: permissionsShape(role),
    allow_merge_commit: repository.allowMergeCommit,
    allow_squash_merge: repository.allowSquashMerge,
    allow_rebase_merge: repository.allowRebaseMerge,
    allow_auto_merge: repository.allowAutoMerge ?? true,
    allow_update_branch: true,
    delete_branch_on_merge: repository.deleteBranchOnMerge,
    organization: userShape(world, organization.login),
    network_count: 0,
    subscribers_count: 0,
  };
}
