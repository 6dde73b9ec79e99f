import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { errorFromCause, errorFromStatus } from "../../kubernetes/api-error.ts";
import { contactWords } from "./contact-words.ts";

/** What a request to a server that hangs up, or to nobody, is told as. */
async function saidOf(port: number): Promise<string> {
  const cause: unknown = await fetch(`http://127.0.0.1:${String(port)}/version`).catch(
    (error: unknown) => error,
  );
  return contactWords(errorFromCause(cause));
}

test("a server that hangs up, and one that is not there, are told in plain words", async () => {
  const server = createServer((socket) => {
    socket.on("data", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  expect(await saidOf(port)).toBe("the connection was closed");
  await new Promise((resolve) => server.close(resolve));
  expect(await saidOf(port)).toBe("the connection was refused");
});

test("an answer's own words stay, and so do those nobody knows", () => {
  expect(contactWords(errorFromStatus({ message: "no such user", code: 401 }, 401))).toBe("no such user");
  expect(contactWords(errorFromCause(new Error("something else")))).toBe("something else");
});
