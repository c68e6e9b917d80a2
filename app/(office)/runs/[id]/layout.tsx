import type { ReactNode } from "react";
import { loadRun } from "./load-run";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

/** Asks before anything is sent, so that the answer is a 404 and not a page that turns into one. */
export default async function RunLayout({ children, params }: Props) {
  await loadRun((await params).id);
  return children;
}
