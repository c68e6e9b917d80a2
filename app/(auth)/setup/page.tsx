import type { Metadata } from "next";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { isSetupTokenValid } from "@/lib/auth/first-run";
import { kaspiAccess } from "@/lib/exits/access";
import { SetupForm } from "./setup-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.setup");
  return { title: t("title"), referrer: "no-referrer" };
}

export default async function SetupPage({ searchParams }: PageProps<"/setup">) {
  await connection();
  const t = await getTranslations("auth.setup");
  const { token } = await searchParams;
  const { db, clock } = kaspiAccess();
  const usable = typeof token === "string" && (await isSetupTokenValid(db, token, clock()));
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <h1 className="font-semibold text-xl">{t(usable ? "title" : "goneTitle")}</h1>
        <p className="text-ink-soft">{t(usable ? "lead" : "goneText")}</p>
      </div>
      {usable ? (
        <SetupForm token={token} />
      ) : (
        <ButtonLink href="/login" size="lg">
          {t("toLogin")}
        </ButtonLink>
      )}
    </>
  );
}
