/** Namespaces whose clusters are to be projected again. */
export class Dirty {
  readonly #namespaces = new Set<string>();
  #everything = true;

  touch(namespace: string): void {
    this.#namespaces.add(namespace);
  }

  touchAll(): void {
    this.#everything = true;
  }

  /** Says which clusters, by their key `namespace/name`, are to be looked at, and forgets what was touched. */
  take(): (key: string) => boolean {
    const namespaces = new Set(this.#namespaces);
    // Every tick looks at everything again, for some states depend on time alone.
    const all = this.#everything || namespaces.size === 0;
    this.#everything = false;
    this.#namespaces.clear();
    return (key) => all || namespaces.has(key.split("/")[0] ?? "");
  }
}
