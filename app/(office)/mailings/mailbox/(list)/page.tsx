import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { TimeAgo } from "@/components/time-ago";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { UrlStateProvider } from "@/components/ui/url-state";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import { LETTERS_PER_PAGE, listLetters } from "@/lib/mailings/mailbox/mailbox-queries";
import { MailingsTabs } from "../../mailings-tabs";
import { NoMailingRight } from "../../no-right";

const pageSchema = z.coerce.number().int().min(1).max(100_000).catch(1);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("letters.mailbox"))("title") };
}

/** Where the letters of an office without a mail server go, so that everything can be tried. */
export default async function MailboxPage({ searchParams }: PageProps<"/mailings/mailbox">) {
  const [caller, asked, t] = await Promise.all([
    pageCaller(),
    searchParams,
    getTranslations("letters.mailbox"),
  ]);
  const { db, hasMailbox } = mailingAccess();
  if (!hasMailbox) notFound();
  if (!can(caller, "view_mailing")) return <NoMailingRight />;
  const { rows, total, page } = await listLetters(db, caller, pageSchema.parse(asked.page));
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} />
      <MailingsTabs hasMailbox />
      {total === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState title={t("none.title")}>{t("none.text")}</EmptyState>
        </div>
      ) : (
        <UrlStateProvider>
          <ul className="rounded-lg border bg-surface">
            {rows.map(({ id, at, to, subject }) => (
              <li key={id} className="flex flex-col gap-0.5 border-b px-4 py-3 last:border-b-0">
                <Link
                  href={`/mailings/mailbox/${id}`}
                  className="truncate font-medium hover:underline"
                >
                  {subject}
                </Link>
                <p className="flex flex-wrap gap-x-3 text-ink-soft text-sm">
                  <span className="break-all">{to}</span>
                  <TimeAgo at={at} />
                </p>
              </li>
            ))}
          </ul>
          <Pagination page={page} pageSize={LETTERS_PER_PAGE} total={total} />
        </UrlStateProvider>
      )}
    </Page>
  );
}
