import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TasksScreen } from "../tasks-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tasks"))("title") };
}

export default async function TasksPage({ searchParams }: PageProps<"/tasks">) {
  return <TasksScreen asked={await searchParams} task={null} />;
}
