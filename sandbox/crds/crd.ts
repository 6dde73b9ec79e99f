import { anything, object } from "./schema.ts";
import type { Schema } from "./schema.ts";

export interface Column {
  name: string;
  type: string;
  jsonPath: string;
  priority?: number;
  description?: string;
}

export interface CrdVersion {
  name: string;
  storage?: boolean;
  deprecated?: boolean;
  spec?: Schema;
  status?: Schema | false;
  required?: string[];
  columns?: Column[];
  scale?: { labelSelectorPath?: string };
}

export interface CrdSource {
  group: string;
  kind: string;
  plural: string;
  shortNames?: string[];
  categories?: string[];
  cluster?: boolean;
  /** Contract labels, e.g. `cluster.x-k8s.io/v1beta2: v1beta2`. */
  labels?: Record<string, string>;
  versions: CrdVersion[];
}

const ageColumn: Column = { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" };

/** `Name=path`, type string unless `:type` follows; priority 10 with a trailing `!`. */
export function columns(...rows: string[]): Column[] {
  return rows.map((row) => {
    const wide = row.endsWith("!");
    const text = wide ? row.slice(0, -1) : row;
    const at = text.indexOf("=");
    const typed = /^(.*):(integer|date|boolean|string)$/.exec(text.slice(at + 1));
    return {
      name: text.slice(0, at),
      type: typed?.[2] ?? "string",
      jsonPath: typed?.[1] ?? text.slice(at + 1),
      ...(wide ? { priority: 10 } : {}),
    };
  });
}

export function conditionPath(type: string, field = "status"): string {
  return `.status.conditions[?(@.type=="${type}")].${field}`;
}

/** A CustomResourceDefinition as it is applied. */
export function crd(source: CrdSource): object {
  const singular = source.kind.toLowerCase();
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: `${source.plural}.${source.group}`,
      ...(source.labels ? { labels: source.labels } : {}),
    },
    spec: {
      group: source.group,
      names: {
        kind: source.kind,
        listKind: `${source.kind}List`,
        plural: source.plural,
        singular,
        ...(source.shortNames ? { shortNames: source.shortNames } : {}),
        ...(source.categories ? { categories: source.categories } : {}),
      },
      scope: source.cluster === true ? "Cluster" : "Namespaced",
      conversion: { strategy: "None" },
      versions: source.versions.map((version) => versionOf(version, source.versions.length === 1)),
    },
  };
}

function versionOf(version: CrdVersion, only: boolean): object {
  const { status } = version;
  return {
    name: version.name,
    served: true,
    storage: version.storage ?? only,
    ...(version.deprecated === true ? { deprecated: true } : {}),
    schema: {
      openAPIV3Schema: object(
        {
          apiVersion: { type: "string" },
          kind: { type: "string" },
          metadata: { type: "object" },
          spec: version.spec ?? anything,
          ...(status === false ? {} : { status: status ?? anything }),
        },
        version.required ?? [],
      ),
    },
    subresources: {
      ...(status === false ? {} : { status: {} }),
      ...(version.scale
        ? {
            scale: {
              specReplicasPath: ".spec.replicas",
              statusReplicasPath: ".status.replicas",
              ...version.scale,
            },
          }
        : {}),
    },
    additionalPrinterColumns: version.columns ?? [ageColumn],
  };
}
