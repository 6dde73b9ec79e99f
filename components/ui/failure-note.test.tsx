import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { FailureNote } from "./failure-note";

afterEach(cleanup);

test.each([
  ["/sign-in?error=SignInAgain", "Sign in again"],
  ["https://forge.example/orgs/acme/sso", "Mend it on the forge"],
])("the cure %s is named for where it leads", (cureUrl, name) => {
  render(<FailureNote failure={{ message: "Refused.", cureUrl }} />);
  expect(screen.getByRole("link", { name }).getAttribute("href")).toBe(cureUrl);
});
