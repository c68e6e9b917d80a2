import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchBox } from "@/components/ui/search-box";
import { UrlStateProvider } from "@/components/ui/url-state";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import { listMessages, MESSAGES_PER_PAGE } from "@/lib/mailings/messages/list-queries";
import { messageListSchema } from "@/lib/mailings/messages/message-model";
import { MailingsTabs } from "../../mailings-tabs";
import { NoMailingRight } from "../../no-right";
import { MessageLine } from "./message-line";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("letters"))("title") };
}

/** The letters that mailings are made of. */
export default async function MessagesPage({ searchParams }: PageProps<"/mailings/messages">) {
  const [caller, asked, t] = await Promise.all([
    pageCaller(),
    searchParams,
    getTranslations("letters"),
  ]);
  if (!can(caller, "view_message")) return <NoMailingRight />;
  const { db, hasMailbox } = mailingAccess();
  const query = messageListSchema.parse(asked);
  const { rows, total, page } = await listMessages(db, caller, query);
  const isNarrowed = query.q !== undefined;
  const make = can(caller, "edit_mailing") && (
    <ButtonLink href="/mailings/messages/new" look="primary">
      {t("new")}
    </ButtonLink>
  );
  return (
    <Page>
      <PageHeader title={t("title")} lead={t("lead")} action={make} />
      <MailingsTabs hasMailbox={hasMailbox} />
      <UrlStateProvider>
        {(total > 0 || isNarrowed) && (
          <SearchBox placeholder={t("search")} className="w-64 max-md:w-full" />
        )}
        {total === 0 ? (
          <div className="rounded-lg border bg-surface">
            <EmptyState
              title={t(isNarrowed ? "notFound.title" : "none.title")}
              action={!isNarrowed && make}
            >
              {t(isNarrowed ? "notFound.text" : "none.text")}
            </EmptyState>
          </div>
        ) : (
          <>
            <ul className="rounded-lg border bg-surface">
              {rows.map((message) => (
                <MessageLine
                  key={message.id}
                  message={message}
                  isForeign={message.ownerId !== caller.id}
                />
              ))}
            </ul>
            <Pagination page={page} pageSize={MESSAGES_PER_PAGE} total={total} />
          </>
        )}
      </UrlStateProvider>
    </Page>
  );
}
