import type { Metadata } from "next";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { peopleAccess } from "@/lib/people/access";
import { AuthPage } from "../auth-page";
import { ForgotForm } from "./forgot-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.forgot"))("title") };
}

export default async function ForgotPage() {
  await connection();
  const t = await getTranslations("auth.forgot");
  return (
    <AuthPage title={t("title")} lead={t("lead")}>
      <ForgotForm byMail={peopleAccess().mailer !== null} />
    </AuthPage>
  );
}
