import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import type { Exchange } from "../http/finish-replies.ts";
import { findOperation } from "./operations.ts";
import type { Description, Operation } from "./operations.ts";

/** Where GitHub itself does not keep to its description. */
const slips = [
  // A label without a description has null, in lists of pull requests too.
  /labels\/\d+\/description must be string/,
];

/**
 * GitHub's own description of its REST API: JSON Schema in which `nullable` is spelled out, and its operations. Read
 * once in a process; formats are not checked.
 */
export class GithubDescription {
  static #read: GithubDescription | null = null;
  readonly #ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, inlineRefs: false });
  readonly #description: Description;

  private constructor() {
    const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
    this.#description = spellOut(JSON.parse(readFileSync(file, "utf8"))) as Description;
    this.#ajv.addSchema({ $id: "github", ...this.#description });
  }

  static read(): GithubDescription {
    this.#read ??= new GithubDescription();
    return this.#read;
  }

  /** What is wrong with a value as an object of this name; empty when it fits. */
  problems(name: string, value: unknown): string[] {
    return this.#validate(`/components/schemas/${name}`, value);
  }

  /** What GitHub's description has against a request that was accepted, and against its reply; empty when all fits. */
  exchangeProblems(exchange: Exchange): string[] {
    // The description is of the version that clients get who name none.
    if (exchange.version !== "2022-11-28") return [];
    const operation = findOperation(this.#description, exchange.method, exchange.url);
    // What GitHub does not have either may only be answered so.
    if (operation === null) return exchange.status >= 400 ? [] : ["no such operation"];
    const wrong = [
      ...this.#requestProblems(operation, exchange),
      ...this.#replyProblems(operation, exchange),
    ];
    return wrong
      .filter((one) => !slips.some((slip) => slip.test(one)))
      .map((one) => `${exchange.method} ${operation.path} ${String(exchange.status)}: ${one}`);
  }

  #requestProblems(operation: Operation, { url, status, requestBody }: Exchange): string[] {
    if (status >= 300) return [];
    const names = operation.queryNames;
    const unknown = [...new URL(url, "http://forge").searchParams.keys()].filter((name) => !names.has(name));
    const query = unknown.map((name) => `query parameter ${name} is unknown`);
    if (operation.body === null || requestBody === undefined || requestBody === null) return query;
    return [...query, ...this.#validate(operation.body, requestBody).map((one) => `request${one}`)];
  }

  #replyProblems(operation: Operation, { status, contentType, payload }: Exchange): string[] {
    const schema = operation.reply(status);
    if (status >= 400) {
      if (payload === null || !contentType.includes("json")) return ["an error without a JSON body"];
      return this.problems("basic-error", JSON.parse(payload));
    }
    // Any call of a repository may be redirected; the description names it for a few only.
    if (status === 301 || status === 307) return this.problems("basic-error", JSON.parse(payload ?? "{}"));
    if (schema === undefined) return [`status ${String(status)} is not among its replies`];
    if (schema === null || payload === null || payload === "" || !contentType.includes("json")) return [];
    return this.#validate(schema, JSON.parse(payload)).map((one) => `reply${one}`);
  }

  #validate(pointer: string, value: unknown): string[] {
    const validate = this.#ajv.getSchema(`github#${pointer}`);
    if (validate === undefined) throw new Error(`no schema ${pointer}`);
    void validate(value);
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ""}`);
  }
}

function spellOut(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(spellOut);
  if (typeof node !== "object" || node === null) return node;
  const { nullable, ...rest } = node as Record<string, unknown>;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, spellOut(value)]));
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}
