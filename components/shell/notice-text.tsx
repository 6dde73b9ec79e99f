import type { ShellView } from "@/lib/queries/views";

/** Why the forge does not confirm somebody's rights, with the link that cures it. */
export function NoticeText({ notice }: { notice: NonNullable<ShellView["notice"]> }) {
  const elsewhere = !notice.cure.url.startsWith("/");
  return (
    <>
      {notice.sentence}{" "}
      <a
        href={notice.cure.url}
        className="underline underline-offset-2"
        {...(elsewhere ? { target: "_blank", rel: "noreferrer" } : {})}
      >
        {notice.cure.label}
      </a>
      .
    </>
  );
}
