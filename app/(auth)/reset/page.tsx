import type { Metadata } from "next";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { peopleAccess } from "@/lib/people/access";
import { isResetLinkUsable } from "@/lib/people/reset-password";
import { AuthPage, DeadLink } from "../auth-page";
import { ResetForm } from "./reset-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.reset");
  return { title: t("title"), referrer: "no-referrer" };
}

export default async function ResetPage({ searchParams }: PageProps<"/reset">) {
  await connection();
  const t = await getTranslations("auth.reset");
  const { token } = await searchParams;
  if (typeof token !== "string" || !(await isResetLinkUsable(peopleAccess(), token)))
    return <DeadLink title={t("goneTitle")} lead={t("goneText")} act={t("again")} href="/forgot" />;
  return (
    <AuthPage title={t("title")} lead={t("lead")}>
      <ResetForm token={token} />
    </AuthPage>
  );
}
