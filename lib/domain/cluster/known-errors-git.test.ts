import { expect, test } from "vitest";
import { causeOfObject } from "./cause-of.ts";
import { recogniseError } from "./known-errors.ts";
import type { CausalObject } from "./root-causes.ts";

const url = "http://127.0.0.1:9780/fleet.git";
const list = (error: string, at = url) =>
  `failed to checkout and determine revision: unable to list remote for '${at}': ${error}`;
const clone = (error: string) =>
  `failed to checkout and determine revision: unable to clone '${url}': ${error}`;
const get = `Get "${url}/info/refs?service=git-upload-pack"`;
const refused = list(`${get}: dial tcp 127.0.0.1:9780: connect: connection refused`);

test.each([
  [refused, "connection refused by 127.0.0.1:9780"],
  [
    list(
      `${get}: dial tcp: lookup git.acme.example on 10.96.0.10:53: no such host`,
      "https://git.acme.example/f",
    ),
    "the name git.acme.example is not known",
  ],
  [list(`${get}: context deadline exceeded`), "no answer from 127.0.0.1:9780 in time"],
  [
    list(`unexpected client error: unexpected requesting "${url}/info/refs" status code: 503`),
    "the server 127.0.0.1:9780 answers 503",
  ],
  [
    list(`${get}: tls: failed to verify certificate: x509: certificate signed by unknown authority`),
    "the certificate of 127.0.0.1:9780 is not trusted",
  ],
  [clone(`couldn't find remote ref "refs/heads/nosuch"`), `no refs/heads/nosuch in ${url}`],
  [clone("fatal: the remote end hung up"), `reading ${url} met: fatal: the remote end hung up`],
])("%s is told by its reason", (message, told) => {
  const { title, ...found } = recogniseError(message) ?? { title: "" };
  expect(found).toMatchObject({ told });
  expect(title).toMatch(
    /^(Git repository cannot be fetched|The branch or tag is not in Git|The Git server’s certificate is not trusted)$/,
  );
});

test("a password in the address is not told", () => {
  const message = list(
    "authentication required: Repository not found.",
    "https://bot:s3cret@git.example/f.git",
  );
  expect(recogniseError(message)).toMatchObject({
    title: "The Git server refuses Flux’s credentials",
    told: "reading https://git.example/f.git met: authentication required: Repository not found.",
  });
});

test("sources that meet the same share a cause, whatever they are called and wherever they are", () => {
  const source = (name: string, message: string): CausalObject => ({
    kind: "GitRepository",
    namespace: "flux-system",
    name,
    home: name === "fleet" ? "management" : "workload",
    role: null,
    sync: "Failing",
    reason: "GitOperationFailed",
    message,
    since: "2026-11-24T12:00:00Z",
    intervalSeconds: 60,
    blockedBy: null,
    revision: null,
  });
  const key = (name: string, message: string) => causeOfObject(source(name, message)).key;
  const other = refused.replaceAll("fleet.git", "infra.git");
  expect(key("fleet-infra", other)).toBe(key("fleet", refused));
  expect(key("fleet-infra", list(`${get}: context deadline exceeded`))).not.toBe(key("fleet", refused));
  expect(key("fleet-infra", refused.replaceAll("127.0.0.1", "10.0.0.9"))).not.toBe(key("fleet", refused));
});
