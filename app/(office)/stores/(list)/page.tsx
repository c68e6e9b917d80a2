import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { PanelLink } from "@/components/ui/panel-link";
import { heldLogin } from "@/lib/accounts/hold-login";
import { trainingCredentials } from "@/lib/accounts/model";
import { ownLogins } from "@/lib/accounts/queries";
import { can, sees } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { ruleReach } from "@/lib/repricing/rule/rule-version-queries";
import { latestSyncs } from "@/lib/runs/queries";
import { listStores } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { cardsOf } from "../card-data";
import { ConnectWindow } from "../connect-window";
import { NoStores } from "../no-stores";
import { RulePanel } from "../rule-panel";
import { StopEverything } from "../stop-everything";
import { StoreCard } from "../store-card";

const LOOK_AGAIN_MS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("stores");
  return { title: t("title") };
}

export default async function StoresPage() {
  const caller = await pageCaller();
  const access = kaspiAccess();
  const { db } = access;
  const [t, tNav, stores, workspace, logins, held] = await Promise.all([
    getTranslations("stores"),
    getTranslations("common.nav"),
    listStores(db, caller),
    getWorkspace(db),
    ownLogins(db, caller.id, access.clock()),
    heldLogin(access, caller.id),
  ]);
  const ids = stores.map((store) => store.id);
  const [runs, reaches] = await Promise.all([latestSyncs(db, ids), ruleReach(db, ids)]);
  const cards = cardsOf(caller, stores, runs, reaches);
  const mayConnect = can(caller, "change_store");
  const isStopped = workspace.sendingStoppedAt !== null;
  const bots = stores.reduce((sum, store) => sum + store.botsCount, 0);
  return (
    <Page
      messages={[
        "auth.password",
        "errors",
        "rule",
        "runs.doing",
        "runs.failure",
        "runs.sync",
        "stores.archive",
        "stores.connect",
        "stores.merchant",
        "stores.page.onPause",
        "stores.products",
        "stores.rule",
        "stores.sending",
        "stores.session",
        "stores.sync",
      ]}
    >
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        action={
          stores.length > 0 && (
            <div className="flex flex-wrap gap-2 max-sm:*:px-2 max-sm:*:text-sm">
              {can(caller, "change_settings") && !isStopped && (
                <StopEverything stores={stores.length} bots={bots} />
              )}
              {sees(caller, "view_review") && (
                <ButtonLink href="/reviews">{tNav("reviews")}</ButtonLink>
              )}
              {mayConnect && (
                <PanelLink panel="connect" value="1" look="primary">
                  {t("connect.open")}
                </PanelLink>
              )}
            </div>
          )
        }
      />
      {stores.length === 0 && <NoStores mayConnect={mayConnect} />}
      {cards.map((card) => (
        <StoreCard key={card.store.id} card={card} isOfficeStopped={isStopped} />
      ))}
      {mayConnect && (
        <ConnectWindow
          training={workspace.kaspi === "twin" ? trainingCredentials : null}
          logins={logins}
          held={held}
        />
      )}
      <RulePanel cards={cards.filter((card) => card.mayChangeRule)} />
      <LiveRefresh everyMs={LOOK_AGAIN_MS} />
    </Page>
  );
}
