import type { ReactNode } from "react";
import { loadTask } from "../load-task";

type Props = { children: ReactNode; params: Promise<{ taskId: string }> };

/** Asks before anything is sent, so that the answer is a 404 and not a page that turns into one. */
export default async function TaskLayout({ children, params }: Props) {
  await loadTask((await params).taskId);
  return children;
}
