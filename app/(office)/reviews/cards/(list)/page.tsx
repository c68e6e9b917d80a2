import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { sees } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { watchedCards } from "@/lib/reviews/watch-queries";
import { NoRight } from "../../no-right";
import { ReviewsTabs } from "../../reviews-tabs";
import { AskCardForm } from "../ask-card-form";
import { cardLine } from "../card-line";
import { CardsTable } from "../cards-table";

const LOOK_AGAIN_MS = 5_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("reviews"))("cards.table") };
}

export default async function CardsPage() {
  const [caller, locale] = await Promise.all([pageCaller(), getLocale()]);
  if (!sees(caller, "view_review")) return <NoRight />;
  const t = translator(locale);
  const cards = await watchedCards(kaspiAccess().db, caller.id);
  const lines = cards.map((card) => cardLine(card, t, locale));
  return (
    <Page messages={["reviews", "errors.no_connection"]}>
      <PageHeader title={t("reviews.title")} lead={t("reviews.cards.lead")} />
      <ReviewsTabs />
      <AskCardForm />
      <UrlStateProvider>
        <CardsTable lines={lines} />
      </UrlStateProvider>
      {lines.some(({ state }) => state === "reading") && <LiveRefresh everyMs={LOOK_AGAIN_MS} />}
    </Page>
  );
}
