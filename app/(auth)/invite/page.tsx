import type { Metadata } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { AdoptLocale } from "@/components/shell/adopt-locale";
import { defaultLocale, localeCookie } from "@/lib/i18n/locales";
import { lookAtInvite } from "@/lib/people/accept-invite";
import { peopleAccess } from "@/lib/people/access";
import { AuthPage, DeadLink } from "../auth-page";
import { AcceptForm } from "./accept-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.invite");
  return { title: t("title"), referrer: "no-referrer" };
}

export default async function InvitePage({ searchParams }: PageProps<"/invite">) {
  await connection();
  const [t, { token }, remembered] = await Promise.all([
    getTranslations("auth.invite"),
    searchParams,
    cookies(),
  ]);
  const asked = typeof token === "string" ? token : "";
  const invite = await lookAtInvite(peopleAccess(), asked);
  const toLogin = { act: t("toLogin"), href: "/login" };
  if (invite.state === "gone")
    return <DeadLink title={t("goneTitle")} lead={t("goneText")} {...toLogin} />;
  const { email, locale, invitedBy } = invite;
  if (invite.state === "taken")
    return <DeadLink title={t("takenTitle")} lead={t("takenText", { email })} {...toLogin} />;
  const speaksAnother = !remembered.has(localeCookie) && locale !== defaultLocale;
  return (
    <AuthPage title={t("title")} lead={t("lead", { from: invitedBy, email })}>
      {speaksAnother && <AdoptLocale locale={locale} />}
      <AcceptForm token={asked} email={email} />
    </AuthPage>
  );
}
