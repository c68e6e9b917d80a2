import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { BackLink } from "@/components/ui/back-link";
import { ButtonLink } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { importAddress } from "@/lib/table-files/import-model";
import { countImport, type ImportCounts, importLines } from "@/lib/table-files/import-queries";
import { IMPORT_PAGE, type ImportView } from "@/lib/table-files/view-model";
import { ChangesTable } from "./changes-table";
import { ImportIdProvider } from "./import-id";
import { changeLine } from "./import-line";
import { ImportSummary } from "./import-summary";
import { loadImport } from "./load-import";

type Props = PageProps<"/products/import/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadImport((await params).id)).fileName };
}

/** What wants a person first: disputes, then doubts, then the changes themselves. */
function firstView({ change, conflict, error, left }: ImportCounts): ImportView {
  if (left > 0) return "left";
  if (conflict > 0) return "conflict";
  return change > 0 || error === 0 ? "change" : "error";
}

/** A file that was looked at: what it would change, or what it has changed. */
export default async function ImportPreviewPage({ params, searchParams }: Props) {
  const seen = await loadImport((await params).id);
  const asked = importAddress.parse(await searchParams);
  const [caller, locale, t] = await Promise.all([
    pageCaller(),
    getLocale(),
    getTranslations("tables.import"),
  ]);
  const { db } = kaspiAccess();
  const counts = await countImport(db, seen.id);
  const view = asked.view ?? firstView(counts);
  const page = Math.min(asked.page, Math.max(1, Math.ceil(counts[view] / IMPORT_PAGE)));
  const lines = await importLines(db, caller, seen.id, { view, page });
  const reader = { t: translator(locale), locale };
  return (
    <Page messages={["tables.import"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/products/import">{t("title")}</BackLink>
        <PageHeader
          title={seen.fileName}
          lead={t(`lead_${seen.state}`)}
          action={<ButtonLink href="/products/import">{t("again")}</ButtonLink>}
        />
      </div>
      <UrlStateProvider>
        <ImportIdProvider value={{ importId: seen.id, isOpen: seen.state === "seen" }}>
          <ImportSummary seen={seen} counts={counts} />
          <ChangesTable
            view={view}
            page={page}
            counts={counts}
            lines={lines.map((one) => changeLine(reader, one))}
          />
        </ImportIdProvider>
      </UrlStateProvider>
    </Page>
  );
}
