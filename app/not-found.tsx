import Link from "next/link";
import { buttonClass } from "@/components/ui/button";

/** An address that leads nowhere: outside of the frame, since nobody may be signed in. */
export default function NotFound() {
  return (
    <main className="grid min-h-screen place-items-center px-6">
      <div className="grid max-w-[420px] justify-items-start gap-2">
        <h1 className="text-xl font-[620] tracking-tight">There is nothing at this address</h1>
        <p className="text-text-2">It may have been mistyped, or what was here is gone.</p>
        <Link href="/" className={`${buttonClass()} mt-2`}>
          Go to the fleet
        </Link>
      </div>
    </main>
  );
}
