import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DownloadMenu } from "@/components/download-menu";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import {
  listRecipients,
  recipientOwners,
  tagsInSight,
} from "@/lib/mailings/recipients/recipient-list-queries";
import {
  type RecipientsFilter,
  recipientsAddress,
} from "@/lib/mailings/recipients/recipient-model";
import { countChosen } from "@/lib/mailings/recipients/recipient-write-queries";
import { MailingsTabs } from "../../mailings-tabs";
import { NoMailingRight } from "../../no-right";
import { AddRecipient } from "../add-recipient";
import { RecipientFilters } from "../recipient-filters";
import { recipientLine } from "../recipient-line";
import { RecipientsTable } from "../recipients-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recipients"))("title") };
}

/** What the address has really been understood as: that, and nothing else, goes into the file. */
const asAddress = (filter: RecipientsFilter) =>
  new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();

export default async function RecipientsPage({ searchParams }: PageProps<"/mailings/recipients">) {
  const [caller, asked, t] = await Promise.all([
    pageCaller(),
    searchParams,
    getTranslations("recipients"),
  ]);
  if (!can(caller, "view_recipient")) return <NoMailingRight />;
  const { db, hasMailbox } = mailingAccess();
  const query = recipientsAddress.parse(asked);
  const { sort: _sort, page: _page, ...filter } = query;
  const seesAll = can(caller, "can_view_all_recipients");
  const mayEdit = can(caller, "edit_mailing");
  const [{ rows, total, page }, tags, owners] = await Promise.all([
    listRecipients(db, caller, query),
    tagsInSight(db, caller),
    seesAll ? recipientOwners(db, caller) : [],
  ]);
  const { q, tag, state, owner } = filter;
  const isNarrowed = [q, tag, state, owner].some((one) => one !== undefined);
  const found = { q: q ?? null, tag: tag ?? null, state: state ?? null };
  const own = mayEdit ? await countChosen(db, caller, { recipientIds: [], found }) : 0;
  return (
    <Page
      messages={[
        "recipients",
        "errors.no_connection",
        "list.select",
        "settings.saving",
        "tables.download",
      ]}
    >
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        action={
          <>
            {total > 0 && (
              <DownloadMenu path="/mailings/recipients/export" query={asAddress(filter)} />
            )}
            {mayEdit && (
              <>
                <ButtonLink href="/mailings/recipients/import">{t("toImport")}</ButtonLink>
                <AddRecipient />
              </>
            )}
          </>
        }
      />
      <MailingsTabs hasMailbox={hasMailbox} />
      {asked.export === "wait" && (
        <Notice tone="amber">{(await getTranslations("tables.download"))("wait")}</Notice>
      )}
      <UrlStateProvider>
        {(total > 0 || isNarrowed) && (
          <RecipientFilters tags={tags} owners={owners.length > 1 ? owners : []} />
        )}
        <RecipientsTable
          key={JSON.stringify(filter)}
          lines={rows.map((row) => recipientLine(row, caller.id, mayEdit))}
          page={page}
          total={total}
          found={found}
          own={own}
          withOwners={seesAll}
          empty={<Nobody isNarrowed={isNarrowed} mayEdit={mayEdit} />}
        />
      </UrlStateProvider>
    </Page>
  );
}

async function Nobody({ isNarrowed, mayEdit }: { isNarrowed: boolean; mayEdit: boolean }) {
  const t = await getTranslations("recipients");
  if (isNarrowed) return <EmptyState title={t("notFound.title")}>{t("notFound.text")}</EmptyState>;
  return <EmptyState title={t("none.title")}>{t(mayEdit ? "none.text" : "none.look")}</EmptyState>;
}
