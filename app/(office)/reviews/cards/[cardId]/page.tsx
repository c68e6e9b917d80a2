import { ChatBubbleIcon } from "@radix-ui/react-icons";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { DownloadMenu } from "@/components/download-menu";
import { LiveProgressLine } from "@/components/run-progress-line";
import { BackLink } from "@/components/ui/back-link";
import { buttonLook } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { can, sees } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { formatNumber } from "@/lib/i18n/money";
import { analyseCard } from "@/lib/reviews/analyse-card";
import { reviewsQuery } from "@/lib/reviews/model";
import { reviewsPage } from "@/lib/reviews/read-list";
import { watchOf } from "@/lib/reviews/watch-queries";
import { toProgress } from "@/lib/runs/model";
import { findRun } from "@/lib/runs/queries";
import { AskButton } from "../../ask-button";
import { NoRight } from "../../no-right";
import { ReviewFilters } from "../../review-filters";
import { ReviewItem } from "../../review-item";
import { ReviewList } from "../../review-list";
import { addressOf } from "../../reviews-address";
import { CardFigures } from "./card-figures";
import { CardNotices } from "./card-notices";

export async function generateMetadata({
  params,
}: PageProps<"/reviews/cards/[cardId]">): Promise<Metadata> {
  const { cardId } = await params;
  return { title: (await getTranslations("reviews"))("card.number", { card: cardId }) };
}

export default async function CardPage({
  params,
  searchParams,
}: PageProps<"/reviews/cards/[cardId]">) {
  const [caller, asked, { cardId }] = await Promise.all([pageCaller(), searchParams, params]);
  if (!sees(caller, "view_review")) return <NoRight />;
  const [t, locale] = await Promise.all([getTranslations("reviews"), getLocale()]);
  const { db, clock } = kaspiAccess();
  const now = clock();
  const found = await analyseCard(db, caller, cardId, now);
  if (!found) return <Unasked cardId={cardId} name={null} />;
  // The switch of stores and an address of the other list mean nothing here.
  const query = { ...reviewsQuery.parse(asked), store: undefined, card: undefined };
  const watched = await watchOf(db, { userId: caller.id, sourceId: found.source.id });
  const run = watched?.runId ? await findRun(db, caller, watched.runId) : null;
  if (found.read === 0 && found.source.walks === 0 && !run)
    return <Unasked cardId={cardId} name={found.name} />;
  const list = await reviewsPage(db, { cardSourceId: found.source.id }, query, now);
  const own = new Set(found.sellers.flatMap((one) => (one.isOwn ? [one.sellerId] : [])));
  const address = addressOf(query);
  address.set("of", cardId);
  return (
    <Page
      messages={["reviews", "tables.download", "runs.doing", "runs.sync", "errors.no_connection"]}
    >
      <BackLink href="/reviews/cards">{t("cards.table")}</BackLink>
      <PageHeader
        title={found.name ?? t("card.unnamed", { card: cardId })}
        lead={t("card.number", { card: cardId })}
        action={
          <>
            <a
              href={`https://kaspi.kz/shop/p/-${cardId}/`}
              target="_blank"
              rel="noreferrer"
              className={buttonLook({})}
            >
              {t("card.open")}
            </a>
            {found.read > 0 && <DownloadMenu path="/reviews/export" query={address.toString()} />}
            {!run && <AskButton cardId={cardId} />}
          </>
        }
      />
      {run && <LiveProgressLine run={toProgress(run)} />}
      <CardNotices found={found} isReading={run !== null} isTold={asked.export === "wait"} />
      {found.read === 0 ? (
        found.source.settledWalk > 0 && (
          <div className="rounded-lg border bg-surface">
            <EmptyState icon={<ChatBubbleIcon />} title={t("card.none.title")}>
              {t("card.none.text")}
            </EmptyState>
          </div>
        )
      ) : (
        <>
          <CardFigures found={found} maySet={can(caller, "change_settings")} />
          <UrlStateProvider>
            <div className="flex flex-col gap-3">
              <h2 className="font-semibold text-lg">
                {t("found", { count: list.total, shown: formatNumber(list.total, locale) })}
              </h2>
              <ReviewFilters />
              <ReviewList total={list.total} page={list.page}>
                {list.rows.map((review) => (
                  <ReviewItem
                    key={review.key}
                    review={review}
                    of="card"
                    isOwnSale={own.has(review.sellerId)}
                  />
                ))}
              </ReviewList>
            </div>
          </UrlStateProvider>
        </>
      )}
    </Page>
  );
}

/** Nobody has asked about the card yet. */
async function Unasked({ cardId, name }: { cardId: string; name: string | null }) {
  const t = await getTranslations("reviews");
  return (
    <Page messages={["reviews", "errors.no_connection"]}>
      <BackLink href="/reviews/cards">{t("cards.table")}</BackLink>
      <PageHeader
        title={name ?? t("card.unnamed", { card: cardId })}
        lead={t("card.number", { card: cardId })}
      />
      <div className="rounded-lg border bg-surface">
        <EmptyState
          icon={<ChatBubbleIcon />}
          title={t("card.ask.title")}
          action={<AskButton cardId={cardId} look="primary" />}
        >
          {t("card.ask.text")}
        </EmptyState>
      </div>
    </Page>
  );
}
