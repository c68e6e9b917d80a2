import type { Metadata } from "next";
import { pageCaller } from "@/lib/auth/session";
import { loadTask } from "../load-task";
import { TasksScreen } from "../tasks-screen";

type Props = PageProps<"/tasks/[taskId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadTask((await params).taskId)).title };
}

/** The list, and beside it one task. */
export default async function TaskPage({ params, searchParams }: Props) {
  const task = await loadTask((await params).taskId);
  const caller = await pageCaller();
  return <TasksScreen caller={caller} asked={await searchParams} task={task} />;
}
