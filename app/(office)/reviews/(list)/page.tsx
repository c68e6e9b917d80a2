import { ChatBubbleIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DownloadMenu } from "@/components/download-menu";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { sees } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { reviewedCards } from "@/lib/reviews/list-queries";
import { type ReviewsQuery, reviewsQuery } from "@/lib/reviews/model";
import { ownReviews } from "@/lib/reviews/read-list";
import { shopsRead } from "@/lib/reviews/shop-queries";
import { toProgress } from "@/lib/runs/model";
import { followedRuns } from "@/lib/runs/queries";
import { NoRight } from "../no-right";
import { ReviewFilters } from "../review-filters";
import { ReviewItem } from "../review-item";
import { ReviewList } from "../review-list";
import { addressOf } from "../reviews-address";
import { ReviewsTabs } from "../reviews-tabs";
import { ShopLines } from "../shop-lines";

const MOST_CARDS = 200;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("reviews"))("title") };
}

export default async function ReviewsPage({ searchParams }: PageProps<"/reviews">) {
  const [caller, asked] = await Promise.all([pageCaller(), searchParams]);
  if (!sees(caller, "view_review")) return <NoRight />;
  const t = await getTranslations("reviews");
  const { db, clock } = kaspiAccess();
  const query = reviewsQuery.parse(asked);
  const [shops, { rows, total, page }, cards, runs] = await Promise.all([
    shopsRead(db, caller),
    ownReviews(db, caller, query, clock()),
    reviewedCards(db, caller, query.store, MOST_CARDS),
    followedRuns(db, caller, "under way"),
  ]);
  const shown = query.store ? shops.filter(({ storeId }) => storeId === query.store) : shops;
  const underWay = new Map(
    runs.flatMap((run) =>
      run.kind === "reviews" && run.storeId ? [[run.storeId, toProgress(run)] as const] : [],
    ),
  );
  const choices = cards.map(({ cardId, name, count }) => ({
    value: cardId,
    label: `${name ?? cardId} · ${count}`,
  }));
  return (
    <Page
      messages={["reviews", "tables.download", "runs.doing", "runs.sync", "errors.no_connection"]}
    >
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        action={
          (total > 0 || isNarrowed(query)) && (
            <DownloadMenu path="/reviews/export" query={addressOf(query).toString()} />
          )
        }
      />
      <ReviewsTabs />
      {asked.export === "wait" && (
        <Notice tone="amber">{(await getTranslations("tables.download"))("wait")}</Notice>
      )}
      {shown.length > 0 && <ShopLines shops={shown} runs={underWay} />}
      {total === 0 && !isNarrowed(query) ? (
        <div className="rounded-lg border bg-surface">
          <Nothing
            shops={shown.length}
            isRead={shown.some(({ lastReadAt }) => lastReadAt !== null)}
          />
        </div>
      ) : (
        <UrlStateProvider>
          <ReviewFilters cards={choices} />
          <ReviewList total={total} page={page}>
            {rows.map((review) => (
              <ReviewItem
                key={review.key}
                review={review}
                of="shops"
                showsStore={shown.length > 1}
              />
            ))}
          </ReviewList>
        </UrlStateProvider>
      )}
    </Page>
  );
}

const isNarrowed = ({ q, stars, days, with: what, card, review }: ReviewsQuery) =>
  Boolean(q || stars || days || what || card || review);

async function Nothing({ shops, isRead }: { shops: number; isRead: boolean }) {
  const t = await getTranslations("reviews");
  if (shops === 0)
    return (
      <EmptyState
        icon={<ChatBubbleIcon />}
        title={t("none.title")}
        action={<ButtonLink href="/stores">{t("none.act")}</ButtonLink>}
      >
        {t("none.text")}
      </EmptyState>
    );
  const which = isRead ? "nobody" : "waiting";
  return (
    <EmptyState icon={<ChatBubbleIcon />} title={t(`${which}.title`)}>
      {t(`${which}.text`)}
    </EmptyState>
  );
}
