/**
 * Readers for objects that others write. A field that is missing or odd becomes undefined and never throws
 * the object away; what follows from "undefined" is always Unknown, never green.
 */
import { z } from "zod";

export const looseString = z.string().optional().catch(undefined);
export const looseNumber = z.number().optional().catch(undefined);
export const looseBoolean = z.boolean().optional().catch(undefined);
/** Labels and annotations: entries that are not strings are left out. */
export const looseStrings = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((record) => {
    const entries = Object.entries(record).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    return Object.fromEntries(entries);
  });

/** An object of loose fields; anything that is not an object reads as the empty one. */
export function loose<Shape extends z.ZodRawShape>(shape: Shape) {
  const schema = z.object(shape);
  return schema.catch(() => schema.parse({}));
}

/** A list of loose items; anything that is not a list reads as the empty one. */
export function looseList<Item extends z.ZodType>(item: Item) {
  return z.array(item).catch([]);
}
