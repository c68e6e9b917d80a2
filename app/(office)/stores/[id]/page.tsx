import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { Page } from "@/components/ui/page";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { historyDaysOf } from "@/lib/orders/history-queries";
import { hasPeopleRight } from "@/lib/people/permissions";
import { listPeople } from "@/lib/people/queries";
import { ruleReach } from "@/lib/repricing/rule/rule-version-queries";
import { toProgress } from "@/lib/runs/model";
import { lastSyncs, storePage } from "@/lib/stores/page-queries";
import { stopsOf } from "@/lib/stores/page-rules";
import { tokenView } from "@/lib/stores/save-token";
import { sharesOf } from "@/lib/stores/share-queries";
import { cardsOf } from "../card-data";
import { channelLines } from "./channel-lines";
import { ChannelsPanel } from "./channels-panel";
import { DiagnosePanel } from "./diagnose-panel";
import { GuestNotice } from "./guest-notice";
import { loadStore } from "./load-store";
import { OfficialPanel } from "./official-panel";
import { OrderHistoryPanel } from "./order-history-panel";
import { PausePanel } from "./pause-panel";
import { PointsPanel } from "./points-panel";
import { PricedCitiesPanel } from "./priced-cities-panel";
import { RunsPanel } from "./runs-panel";
import { SharePanel } from "./share-panel";
import { StopsPanel } from "./stops-panel";
import { StoreFactsPanel } from "./store-facts-panel";
import { StoreHeader } from "./store-header";
import { StoreNote } from "./store-note";
import { TokenPanel } from "./token-panel";

const LOOK_AGAIN_MS = 10_000;

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadStore((await params).id)).name };
}

export default async function StorePage({ params }: Props) {
  const caller = await pageCaller();
  const view = await loadStore((await params).id);
  const access = kaspiAccess();
  const { db, clock } = access;
  const now = clock();
  const [page, syncs, reaches, historyDays] = await Promise.all([
    storePage(db, caller, view.id, now),
    lastSyncs(db, caller, view.id),
    ruleReach(db, [view.id]),
    historyDaysOf(db, caller, view.id),
  ]);
  const [card] = cardsOf(caller, [view], syncs.slice(0, 1), reaches);
  if (!card) throw new Error("a store without its card");
  const { store, mayChange, mayGive } = card;
  const [shares, people] = await Promise.all([
    mayGive ? sharesOf(db, store.id) : [],
    mayGive && hasPeopleRight(caller, "view") ? listPeople(db, { q: "", sort: "name" }) : [],
  ]);
  const guests = people.filter(({ isActive, role }) => isActive && role === "member");
  const { facts, cities, cityChoice } = page;
  const isGuest = !store.isMine && caller.role !== "owner";
  const t = await getTranslations("audit");
  return (
    <Page
      messages={[
        "cities.store",
        "diagnose",
        "errors",
        "official",
        "permissions",
        "runs.doing",
        "runs.failure",
        "runs.sync",
        "stores",
        "tasks.make",
      ]}
    >
      <StoreHeader
        store={store}
        kaspiName={page.kaspiName}
        showsOwner={caller.role === "owner" || !store.isMine}
        mayChange={mayChange}
        run={card.run}
      />
      {isGuest && <GuestNotice store={store} />}
      <StoreFactsPanel card={card} isOfficeStopped={facts.officeStopped !== null} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <StopsPanel stops={stopsOf(facts, now)} budget={isGuest ? null : facts.budget} />
        <PausePanel store={store} mayChange={mayChange} />
        <PointsPanel store={store} cities={cities} choice={cityChoice} mayChange={mayChange} />
        {(cities.length > 1 || page.pricedCities.length > 0) && (
          <PricedCitiesPanel
            key={page.pricedCities.join()}
            storeId={store.id}
            cities={cities}
            priced={page.pricedCities}
            ready={page.withCityPrices}
            mayChange={card.mayChangeRule}
          />
        )}
        <ChannelsPanel lines={channelLines(page.channels, facts.exits)} />
        {mayChange && <DiagnosePanel storeId={store.id} />}
        <OfficialPanel storeId={store.id} officialOnly={facts.officialOnly} mayChange={mayChange} />
        <TokenPanel
          storeId={store.id}
          token={tokenView(access, page.token, { whole: mayChange })}
          mayChange={mayChange}
        />
        {mayChange && page.token && <OrderHistoryPanel storeId={store.id} days={historyDays} />}
        {mayGive && (
          <SharePanel
            store={{ id: store.id, name: store.name }}
            shares={shares}
            colleagues={guests.map(({ email }) => email)}
            own={store.may}
          />
        )}
        <StoreNote storeId={store.id} note={page.note} mayChange={mayChange} />
      </div>
      <RunsPanel runs={syncs.map(toProgress)} />
      {can(caller, "view_audit") && (
        <Link href={`/audit?store=${store.id}`} className="text-blue text-sm hover:underline">
          {t("linkStore")}
        </Link>
      )}
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
