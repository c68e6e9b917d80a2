import Link from "next/link";
import { loginLabel } from "@/lib/core/login-label";
import type { RunSubject } from "@/lib/runs/history-model";

/** The store or the login a run is for; nothing when it is for the whole office. */
export function RunAbout({ about }: { about: RunSubject }) {
  if (about === null) return null;
  if (about.kind === "login") return <span className="break-all">{loginLabel(about.login)}</span>;
  return (
    <Link href={`/stores/${about.id}`} className="underline-offset-2 hover:underline">
      {about.name}
    </Link>
  );
}
