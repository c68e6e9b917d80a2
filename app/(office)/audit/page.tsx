import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { type AuditQuery, auditAddress, cursorText } from "@/lib/audit/address";
import { textsIn } from "@/lib/audit/change-rules";
import { AUDIT_PAGE } from "@/lib/audit/filter-model";
import { auditPage, auditPeople, namesOf } from "@/lib/audit/queries";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { listStoreNames } from "@/lib/stores/queries";
import { AuditFilters } from "./audit-filters";
import { auditLine } from "./audit-line";
import { AuditTable } from "./audit-table";
import { ExportMenu } from "./export-menu";
import { NoEntries } from "./no-entries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

/** What the address has really been understood as: that, and nothing else, goes into the file. */
const asAddress = (query: AuditQuery) =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  const [caller, asked, locale, timeZone] = await Promise.all([
    pageCaller(),
    searchParams,
    getLocale(),
    getTimeZone(),
  ]);
  if (!can(caller, "view_audit")) notFound();
  const { db, clock } = kaspiAccess();
  const { before, ...query } = auditAddress.parse(asked);
  const [{ entries, hasMore }, stores, people] = await Promise.all([
    auditPage(db, caller, { query, before, now: clock(), limit: AUDIT_PAGE }),
    listStoreNames(db, caller),
    auditPeople(db, caller),
  ]);
  const names = await namesOf(
    db,
    entries.flatMap(({ details }) => textsIn(details)),
  );
  const t = translator(locale);
  const address = asAddress(query);
  const last = entries.at(-1);
  return (
    <Page fill messages={["audit"]}>
      <PageHeader
        title={t("audit.title")}
        lead={t("audit.lead")}
        action={<ExportMenu query={address} />}
      />
      {asked.export === "wait" && <Notice tone="amber">{t("audit.export.wait")}</Notice>}
      <UrlStateProvider>
        <AuditFilters people={people} stores={stores.map(({ id, name }) => ({ id, name }))} />
        <AuditTable
          lines={entries.map((entry) => auditLine({ t, locale, timeZone, names }, entry))}
          next={hasMore && last ? cursorText(last) : null}
          empty={<NoEntries isNarrowed={before !== undefined || address !== ""} />}
        />
      </UrlStateProvider>
    </Page>
  );
}
