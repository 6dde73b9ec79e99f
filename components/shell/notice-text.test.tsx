import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { NoticeText } from "./notice-text";

afterEach(cleanup);

const noticeTo = (url: string) => ({
  sentence: "GitHub does not confirm you.",
  cure: { url, label: "Cure it" },
});

test("the cure at the forge opens beside the page, so that nothing typed is lost", () => {
  render(<NoticeText notice={noticeTo("https://forge.example/orgs/acme/sso")} />);
  const link = screen.getByRole("link", { name: "Cure it" });
  expect(link.getAttribute("href")).toBe("https://forge.example/orgs/acme/sso");
  expect(link.getAttribute("target")).toBe("_blank");
  expect(link.getAttribute("rel")).toBe("noreferrer");
});

test("our own sign-in page opens in place", () => {
  render(<NoticeText notice={noticeTo("/sign-in?error=SignInAgain")} />);
  expect(screen.getByRole("link", { name: "Cure it" }).getAttribute("target")).toBeNull();
});
