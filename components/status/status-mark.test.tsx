import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { tones } from "@/lib/domain/cluster/mark";
import { StatusMark } from "./status-mark";
import { StatusText } from "./status-text";

afterEach(cleanup);

describe("StatusMark", () => {
  it.each(tones)("gives %s a shape and says its word", (tone) => {
    render(<StatusMark mark={{ tone, word: `word of ${tone}` }} />);
    const mark = screen.getByRole("img", { name: `word of ${tone}` });
    expect(mark.querySelector("circle, path, rect")).not.toBeNull();
  });

  it("gives every tone a shape of its own, so that grey scale still tells them apart", () => {
    const shapes = tones.map((tone) => {
      const { container } = render(<StatusMark mark={{ tone, word: tone }} />);
      return (container.querySelector("svg")?.innerHTML ?? "").replaceAll(/var\(--\w+\)/g, "colour");
    });
    expect(new Set(shapes).size).toBe(tones.length);
  });

  it("is not read twice where the word stands beside it", () => {
    render(<StatusText mark={{ tone: "failed", word: "Failed" }} />);
    expect(screen.getByText("Failed")).toBeDefined();
    expect(screen.queryByRole("img")).toBeNull();
  });
});
