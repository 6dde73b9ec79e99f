import { ApiError, notSupplied } from "./api-error.ts";

/** A request's JSON object, read field by field; GitHub refuses a wrong type as if the field were absent. */
export class Body {
  readonly #fields: Record<string, unknown>;

  /** @throws ApiError 400 when the body is JSON but no object. */
  constructor(value: unknown) {
    if (value === undefined || value === null || value === "") this.#fields = {};
    else if (typeof value === "object" && !Array.isArray(value))
      this.#fields = value as Record<string, unknown>;
    else throw new ApiError(400, "Body should be a JSON object");
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.#fields[name];
  }

  /** @throws ApiError 422 when absent or no string. */
  string(name: string): string {
    const value = this.#fields[name];
    if (typeof value !== "string") throw notSupplied(name);
    return value;
  }

  /** A string, or undefined when absent or null. */
  text(name: string): string | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    return this.string(name);
  }

  flag(name: string): boolean | undefined {
    const value = this.#fields[name];
    return typeof value === "boolean" ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#fields[name];
    return typeof value === "number" ? value : undefined;
  }

  /** A nested object, or undefined when absent or null. */
  object(name: string): Body | undefined {
    const value = this.#fields[name];
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return new Body(value);
  }

  /** Strings of an array; anything else in it is left out. */
  strings(name: string): string[] {
    const value = this.#fields[name];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
  }

  /** Objects of an array. */
  objects(name: string): Body[] {
    const value: unknown = this.#fields[name];
    if (!Array.isArray(value)) return [];
    return value.filter((item) => typeof item === "object" && item !== null).map((item) => new Body(item));
  }
}
