import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageCaller } from "@/lib/auth/session";
import { TasksScreen } from "../tasks-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tasks"))("title") };
}

export default async function TasksPage({ searchParams }: PageProps<"/tasks">) {
  const caller = await pageCaller();
  return <TasksScreen caller={caller} asked={await searchParams} task={null} />;
}
