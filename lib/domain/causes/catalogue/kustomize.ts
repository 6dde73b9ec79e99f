import type { KnownError } from "../known-error.ts";

const docs = "https://fluxcd.io/flux/components/kustomize/kustomizations/";

/** What a commit did wrong before anything reached a cluster, the particular before the general. */
export const kustomize: readonly KnownError[] = [
  {
    id: "sops-key",
    match:
      /cannot get sops data key|Failed to get the data key required to decrypt|Error getting data key|failed to decrypt and format/,
    captures: [/decryption failed for '(?<name>[\w./-]{1,160})'/],
    title: "A secret cannot be decrypted",
    told: "no key of ours opens {name}",
    meaning: "Flux has none of the keys the secret[ {name}] was encrypted for with SOPS.",
    advice: "Give Flux the key, or encrypt for a key it has.",
    who: "platform engineer",
    fix: [
      "Check spec.decryption of the Kustomization and the Secret it names.",
      "Or encrypt the file again for the cluster's key: sops updatekeys.",
    ],
    link: "https://fluxcd.io/flux/guides/mozilla-sops/",
    source: "getsops/sops#1084 (text of kustomize-controller)",
    example: {
      reason: "BuildFailed",
      message:
        "decryption failed for 'db-password': failed to decrypt and format 'apps/db-password' Secret data: cannot get sops data key: Failed to get the data key required to decrypt the SOPS file.",
    },
    nearMiss: 'secrets "sops-age" is forbidden',
  },
  {
    id: "path",
    match: /kustomization path not found/,
    captures: [/stat \S{0,200}\/kustomization-\d+\/(?<path>[^\s:]{1,300})/],
    title: "The directory is missing in Git",
    told: "no {path} in what was fetched",
    scope: "{path}",
    meaning: "The Kustomization builds[ {path}], and there is no such directory in the repository.",
    who: "team",
    fix: ["Put the directory[ {path}] back, or correct spec.path by a change."],
    link: docs,
    source: "recordings of Flux, 4a-dirremoved",
    example: {
      reason: "ArtifactFailed",
      message:
        "kustomization path not found: stat /tmp/kustomization-196924/clusters/prod-east: no such file or directory",
    },
    nearMiss: "stat /var/lib/kubelet/pods: no such file or directory",
  },
  {
    id: "missing-file",
    match: /kustomize build failed: [^]{0,12000}no such file or directory/,
    reader: "file",
    title: "{file}",
    told: "kustomize finds no {path}, so what was applied before stays",
    scope: "{path}",
    meaning:
      "A kustomization.yaml lists a file[, {path},] that is not in Git. What was applied before stays.",
    who: "team",
    fix: ["Add the file[ {path}], or take it out of the list[ in {list}], by a change."],
    link: docs,
    source: "texts of kustomize 5, as recorded",
    example: {
      reason: "BuildFailed",
      message:
        "kustomize build failed: accumulating resources: accumulation err='accumulating resources from 'missing.yaml': open /tmp/kustomization-1969244031/clusters/dev-1/missing.yaml: no such file or directory': must build at directory",
    },
    nearMiss: "kustomize build failed: missing metadata.name in object",
  },
  {
    id: "duplicate-id",
    match: /may not add resource with an already registered id/,
    captures: [/already registered id: (?<object>[^\s':]{1,200})/],
    title: "An object is defined twice",
    told: "{object} is defined twice",
    scope: "{object}",
    meaning: "The build meets the same object[ {object}] in two files.",
    who: "team",
    fix: ["Take one of the two out by a change; look for a base that two overlays include."],
    link: docs,
    source: "kubernetes-sigs/kustomize#4104, fluxcd/flux2#1522",
    example: {
      reason: "BuildFailed",
      message:
        "kustomize build failed: accumulating resources: may not add resource with an already registered id: Provider.v1beta3.notification.toolkit.fluxcd.io/slack.flux-system",
    },
    nearMiss: "resource with id 7 is registered",
  },
  {
    id: "patch-target",
    match:
      /no (?:resource )?matches for (?:strategic merge patch|Id)|failed to find unique target for patch|unable to find (?:unique )?target for patch/,
    captures: [/(?:for (?:strategic merge patch|Id)|target for patch) "?(?<target>[^\s;"]{1,160})/],
    title: "A patch finds nothing to change",
    told: "no {target} in the build",
    scope: "{target}",
    meaning: "A patch names an object[ ({target})] that the build does not have.",
    who: "team",
    fix: ["Correct name, kind or namespace of the patch's target by a change."],
    link: docs,
    source: "kubernetes-sigs/kustomize, api/resmap",
    example: {
      reason: "BuildFailed",
      message:
        'kustomize build failed: no resource matches for strategic merge patch "Deployment.v1.apps/web.[noNs]": no matches for Id Deployment.v1.apps/web.[noNs]',
    },
    nearMiss: 'no matches for kind "Deployment" in version "apps/v2"',
  },
  {
    id: "variable",
    match: /variable not set \(strict mode\)/,
    captures: [/strict mode\): "?(?<name>\w{1,120})"?/],
    title: "Variable {name} is not set",
    scope: "{name}",
    meaning: "A manifest uses the variable[ {name}], and nothing the Kustomization substitutes from has it.",
    who: "team",
    fix: ["Set it[: {name},] under postBuild, or give it a default in the manifest."],
    link: docs,
    source: "gitops-reference, recorded text",
    example: { reason: "BuildFailed", message: 'variable not set (strict mode): "REGION"' },
    nearMiss: "environment variable not set: REGION",
  },
  {
    id: "yaml",
    match:
      /MalformedYAMLError|yaml: (?:line \d+|unmarshal errors?|mapping values|did not find)|mapping values are not allowed in this context/,
    captures: [
      /yaml: (?:line (?<line>\d+): )?(?<why>[^\n]{1,120}?)(?: in File: |$|\n)/,
      /in File: (?<file>[\w./-]{1,200})/,
    ],
    title: "A file is no valid YAML[: {file}]",
    told: "{why}[, line {line}]",
    scope: "{file}",
    meaning: "A file[, {file},] cannot be read as YAML[: {why}].",
    who: "team",
    fix: ["Correct the file[ {file}][ at line {line}] by a change."],
    link: docs,
    source: "kubernetes-sigs/kustomize, kyaml; go-yaml",
    example: {
      reason: "BuildFailed",
      message:
        "kustomize build failed: accumulating resources: MalformedYAMLError: yaml: line 4: mapping values are not allowed in this context in File: a.yaml",
    },
    nearMiss: "invalid value for key yaml",
  },
  {
    id: "kustomize-build",
    match: /kustomize build failed:/,
    captures: [/: (?<why>[^:\n]{3,140})$/],
    title: "kustomize cannot build the directory[: {why}]",
    told: "{why}",
    meaning: "The files in Git do not build[: {why}]. What was applied before stays.",
    who: "team",
    fix: ["Build it by hand (kustomize build DIRECTORY) to see the whole text; correct it by a change."],
    link: docs,
    source: "fluxcd/kustomize-controller",
    example: {
      reason: "BuildFailed",
      message: "kustomize build failed: missing metadata.name in object ConfigMap.v1",
    },
    nearMiss: "Building manifests for revision main@sha1:4e1c09a",
  },
];
