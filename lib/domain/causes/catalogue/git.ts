import type { KnownError } from "../known-error.ts";

/** Why a GitRepository cannot be fetched, the particular before the general. */
export const git: readonly KnownError[] = [
  {
    id: "git-host-key",
    match: /knownhosts: key (?:mismatch|is unknown)|host ?key could not be verified/,
    captures: [/['"](?:ssh:\/\/)?(?:[\w.-]+@)?(?<host>[\w.-]{1,200})[/:][^'"\s]{0,300}['"]/],
    title: "The Git server’s host key is not the one expected",
    told: "the key of {host} is not in known_hosts",
    scope: "{host}",
    meaning:
      "The server[ {host}] shows another SSH host key than the Secret's known_hosts holds: it was changed, or this is not the server.",
    advice: "Check the key, then renew known_hosts.",
    who: "platform engineer",
    fix: [
      "Compare the server's key with the one its operator publishes: ssh-keyscan[ {host}].",
      "Put the right key into known_hosts of the source's Secret.",
    ],
    link: "https://fluxcd.io/flux/components/source/gitrepositories/",
    source: "fluxcd/flux2#2098, fluxcd/flux2#3774",
    example: {
      reason: "GitOperationFailed",
      message:
        "failed to checkout and determine revision: unable to clone 'ssh://git@git.acme.example/fleet': ssh: handshake failed: knownhosts: key mismatch",
    },
    nearMiss: "ssh: handshake failed: read tcp 10.0.0.1:45906->10.0.0.2:22: read: connection timed out",
  },
  {
    id: "git-branch-missing",
    match: /couldn't find remote ref|reference not found/,
    captures: [/couldn't find remote ref "?(?:refs\/(?:heads|tags)\/)?(?<ref>[^"\s]{1,200})/],
    reader: "git",
    title: "The branch or tag is not in Git",
    told: "{git}",
    scope: "{git}",
    meaning: "The source asks for[ {ref},] a branch or tag which the repository does not have.",
    advice: "Name one that exists.",
    who: "platform engineer",
    fix: ["Correct spec.ref of the source, or make the branch[ {ref}] again."],
    link: "https://fluxcd.io/flux/components/source/gitrepositories/",
    source: "recordings of Flux, git-down; fluxcd/pkg git",
    example: {
      reason: "GitOperationFailed",
      message: `failed to checkout and determine revision: unable to clone 'http://git.example/f.git': couldn't find remote ref "refs/heads/nosuch"`,
    },
    nearMiss: "couldn't find the remote server",
  },
  {
    id: "git-certificate",
    match: /unable to (?:list remote|clone)[^]{0,600}x509:/,
    reader: "git",
    title: "The Git server’s certificate is not trusted",
    told: "{git}",
    scope: "{git}",
    meaning:
      "The Git server's certificate is expired, for another name, or of an authority Flux does not know.",
    advice: "What was fetched last stays applied.",
    who: "forge administrator",
    fix: [
      "Renew the server's certificate.",
      "If it is a private authority, put its ca.crt into the source's Secret.",
    ],
    link: "https://fluxcd.io/flux/components/source/gitrepositories/",
    source: "go-git over net/http; crypto/x509 of Go",
    example: {
      reason: "GitOperationFailed",
      message: `failed to checkout and determine revision: unable to list remote for 'https://git.example/f.git': Get "https://git.example/f.git/info/refs": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    },
    nearMiss: "unable to clone 'https://git.example/f.git': connection refused",
  },
  {
    id: "oci-auth",
    match:
      /(?:failed to (?:pull artifact|determine artifact digest|get 'oci:|login to OCI)|OCIArtifactPullFailed|chart pull error)[^]{0,600}(?:DENIED|UNAUTHORIZED|unauthorized|denied|authentication required|40[13] (?:Forbidden|Unauthorized)|failed to authorize)/,
    captures: [/https:\/\/(?<registry>[\w.:-]{1,200})\//, /oci:\/\/(?<registry>[\w.:-]{1,200})\//],
    title: "The registry refuses Flux’s credentials",
    told: "{registry} does not let Flux read",
    scope: "{registry}",
    meaning:
      "Flux may not read an artifact or chart from the registry[ {registry}]: no credential, an expired one, or no right to it.",
    advice: "Renew the pull secret.",
    who: "registry administrator",
    fix: [
      "Renew the Secret the source names, or the right of its identity to pull.",
      "Reconcile the source.",
    ],
    link: "https://fluxcd.io/flux/components/source/ocirepositories/",
    source: "devantler-tech/platform#1347, controlplaneio-fluxcd/flux-operator#109",
    example: {
      reason: "OCIArtifactPullFailed",
      message:
        "failed to determine artifact digest: GET https://ghcr.io/token?scope=repository:acme/fleet:pull&service=ghcr.io: DENIED: denied",
    },
    nearMiss:
      "failed to determine artifact digest: GET https://ghcr.io/v2/acme/fleet/manifests/v9: MANIFEST_UNKNOWN: manifest unknown",
  },
  {
    id: "oci-tag-missing",
    match:
      /(?:failed to (?:pull artifact|determine artifact digest)|OCIArtifactPullFailed)[^]{0,600}(?:MANIFEST_UNKNOWN|NAME_UNKNOWN|manifest unknown)/,
    captures: [/manifests\/(?<tag>[\w.:-]{1,160})/, /oci:\/\/(?<artifact>[\w./:-]{1,200})/],
    title: "The artifact or tag is not in the registry",
    told: "no {tag} there",
    meaning: "The registry has no such artifact or tag[: {tag}][ of {artifact}].",
    advice: "Name a tag that was pushed.",
    who: "team",
    fix: ["Push the artifact, or correct spec.ref of the OCIRepository by a change."],
    link: "https://fluxcd.io/flux/components/source/ocirepositories/",
    source: "google/go-containerregistry transport errors",
    example: {
      reason: "OCIArtifactPullFailed",
      message:
        "failed to determine artifact digest: GET https://ghcr.io/v2/acme/fleet/manifests/v9: MANIFEST_UNKNOWN: manifest unknown",
    },
    nearMiss: 'Failed to pull image "acme/web:v9": manifest unknown',
  },
  {
    id: "git-auth",
    match:
      /authentication required|AuthenticationFailed|could not read Username|invalid credentials|ssh: unable to authenticate|Repository not found/i,
    unless: /ImagePull|pull image|management\.azure\.com/i,
    reader: "git",
    title: "The Git server refuses Flux’s credentials",
    told: "{git}",
    scope: "{git}",
    meaning: "The token or key Flux fetches with expired, was revoked, or may not read this repository.",
    advice: "Renew the source’s Secret. What was fetched last stays applied.",
    who: "forge administrator",
    fix: [
      "Make a new deploy key or token that may read the repository.",
      "Put it into the Secret of the source and reconcile it.",
    ],
    link: "https://fluxcd.io/flux/components/source/gitrepositories/",
    source: "go-git transport errors, as recorded in git-down",
    example: {
      reason: "GitOperationFailed",
      message:
        "failed to checkout and determine revision: unable to list remote for 'https://git.example/f.git': authentication required: Repository not found.",
    },
    nearMiss: "authentication of the webhook succeeded",
  },
  {
    id: "git-unreachable",
    match: /failed to (?:checkout and determine revision|list remotes|clone)/i,
    reader: "git",
    title: "Git repository cannot be fetched",
    told: "{git}",
    scope: "{git}",
    meaning:
      "Flux gets no answer it can use from the Git server[: {git}]. What was fetched last stays applied.",
    advice: "What was fetched last stays applied.",
    who: "forge administrator",
    fix: [
      "Check whether the server answers, and whether the cluster may reach it.",
      "It is tried again by itself.",
    ],
    link: "https://fluxcd.io/flux/components/source/gitrepositories/",
    source: "recordings of Flux, 1b-git-down",
    example: {
      reason: "GitOperationFailed",
      message: `failed to checkout and determine revision: unable to list remote for 'http://git.example/f.git': Get "http://git.example/f.git/info/refs": dial tcp 10.0.0.1:80: connect: connection refused`,
    },
    nearMiss: "failed to check the out-of-date revision",
  },
];
