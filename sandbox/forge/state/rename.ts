import type { State } from "./state.ts";

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Gives the repository another name; its former ones lead to it, until it takes one of them again. */
export function renameRepository({ repository }: State, name: string): void {
  if (same(name, repository.name)) return;
  const former = [...(repository.formerNames ?? []), repository.name];
  repository.formerNames = former.filter((one) => !same(one, name));
  repository.name = name;
}

/** Whether the repository had this name and no longer has it. */
export function wasNamed({ repository }: State, name: string): boolean {
  return (repository.formerNames ?? []).some((one) => same(one, name));
}

/** Whether this name leads to the repository: its own or a former one. */
export function isNamed(state: State, name: string): boolean {
  return same(name, state.repository.name) || wasNamed(state, name);
}
