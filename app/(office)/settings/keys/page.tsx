import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { listApiKeys } from "@/lib/auth/api-keys";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { formatDate } from "@/lib/i18n/dates";
import type { KeyLine } from "./key-line";
import { KeysTable } from "./keys-table";
import { NewKey } from "./new-key";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("keys"))("title") };
}

/** One's own keys; an owner's page has everybody's. */
export default async function KeysPage() {
  const [caller, t, tNav, locale, timeZone] = await Promise.all([
    pageCaller(),
    getTranslations("keys"),
    getTranslations("common.nav"),
    getLocale(),
    getTimeZone(),
  ]);
  const { db, clock } = kaspiAccess();
  const now = clock();
  const keys = await listApiKeys(db, caller);
  const lines = keys.map(
    ({ expiresAt, userName, userId, ...key }): KeyLine => ({
      ...key,
      of: userId === caller.id ? null : userName,
      end: expiresAt && {
        date: formatDate(expiresAt, { locale, timeZone }),
        isPast: expiresAt <= now,
      },
    }),
  );
  return (
    <Page messages={["auth.password", "keys", "people.you", "settings.saving"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/settings">{tNav("settings")}</BackLink>
        <PageHeader
          title={t("title")}
          lead={t.rich("lead", {
            docs: (text) => (
              <Link href="/api/docs" className="text-blue underline underline-offset-2">
                {text}
              </Link>
            ),
          })}
          action={<NewKey />}
        />
      </div>
      <UrlStateProvider>
        <KeysTable lines={lines} showsPeople={lines.some(({ of }) => of !== null)} />
      </UrlStateProvider>
    </Page>
  );
}
