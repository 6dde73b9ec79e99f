/** Annotations of a document, or keys of a list item's mapping, that steer rendering (decisions §3). */
export const directive = { when: "fleetwright.dev/when", each: "fleetwright.dev/each" } as const;

/** Annotation of the rendered Cluster: `<name>@<version>`. */
export const templateAnnotation = "fleetwright.dev/template";

/**
 * `${name}` or `${pool.field}`. A leading `$` (`$${NAME}`, Flux's escape) is matched too, so that it can be left
 * alone.
 */
export const variable = /(\$?)\$\{([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)\}/g;

/** Names used in a text, escaped ones left out. */
export const variablesIn = (text: string): string[] =>
  [...text.matchAll(variable)].flatMap((match) =>
    match[1] === "$" || match[2] === undefined ? [] : [match[2]],
  );

/** Name of one item inside `each: pools`: `pool`. */
export const eachItemName = (list: string): string => list.replace(/s$/, "");

/**
 * Characters no string parameter may hold: controls other than line feed and tab, lone surrogates, byte-order
 * marks and line separators. Kubernetes' YAML reader refuses them, or reads them as line ends.
 */
export const forbiddenCharacters =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;
