import { BellIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { LiveRefresh } from "@/components/live-refresh";
import { buttonLook } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { countNotices, noticesPage, noticesToPutAway } from "@/lib/notices/page-queries";
import { NoticeRow } from "./notice-row";
import { PutAllAway } from "./put-all-away";

const PAGE = 50;
const REFRESH_MS = 30_000;
const addressSchema = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("telling.page");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NoticesPage({ searchParams }: Props) {
  const caller = await pageCaller();
  const t = await getTranslations("telling.page");
  const { page } = addressSchema.parse(await searchParams);
  const { db } = kaspiAccess();
  const [total, mine, notices] = await Promise.all([
    countNotices(db, caller),
    noticesToPutAway(db, caller),
    noticesPage(db, caller, { limit: PAGE, offset: (page - 1) * PAGE }),
  ]);
  return (
    <Page messages={["telling.page", "notices.dismiss"]}>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        action={
          <>
            <Link href="/settings#telegram" className={buttonLook({})}>
              {t("telegram")}
            </Link>
            {mine.until && <PutAllAway count={mine.count} until={mine.until.toISOString()} />}
          </>
        }
      />
      {notices.length === 0 ? (
        <EmptyState icon={<BellIcon />} title={t(total > 0 ? "pastEnd" : "empty")}>
          {t("emptyText")}
        </EmptyState>
      ) : (
        <ul className="divide-y rounded-lg border bg-surface">
          {notices.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      {total > PAGE && <Pagination page={page} pageSize={PAGE} total={total} />}
      <LiveRefresh everyMs={REFRESH_MS} />
    </Page>
  );
}
