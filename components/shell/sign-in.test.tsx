import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { SignIn } from "./sign-in";

vi.mock("next-auth/react", () => ({ signIn: vi.fn() }));
afterEach(cleanup);

const said = (answered: number, statusUrl: string | null = null): string => {
  render(<SignIn forge={{ name: "GitHub", statusUrl, answered }} back="/" error="ForgeTrouble" />);
  return screen.getByRole("alert").textContent;
};

test.each([
  [503, /GitHub is in trouble \(503\).*Try again/],
  [0, /GitHub did not answer.*Try again/],
  [429, /GitHub refused to say who you are \(429\).*Try again/],
])("a sign-in that the forge failed by %s says so", (answered, sentence) => {
  expect(said(answered)).toMatch(sentence);
  expect(screen.queryByRole("link")).toBeNull();
});

test("it leads to the forge's status page where there is one", () => {
  said(503, "https://status.example");
  expect(screen.getByRole("link", { name: "Status of GitHub" }).getAttribute("href")).toBe(
    "https://status.example",
  );
});
