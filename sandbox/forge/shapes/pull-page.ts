import type { World } from "../world.ts";
import { fullName } from "../state/people.ts";

/** Web address of a pull request. */
export function pullPage(world: World, number: number): string {
  return `${world.url}/${fullName(world.store.state)}/pull/${String(number)}`;
}
