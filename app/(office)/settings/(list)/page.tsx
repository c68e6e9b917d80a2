import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonLook } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { twoFactorOf } from "@/lib/auth/two-factor";
import { kaspiAccess } from "@/lib/exits/access";
import { hasPeopleRight } from "@/lib/people/permissions";
import { listStores, storesByAge } from "@/lib/stores/queries";
import { tellingAccess } from "@/lib/telling/access";
import { linkOf, type Link as TelegramLink } from "@/lib/telling/link-queries";
import { settingsOf } from "@/lib/telling/listener-queries";
import { getWorkspace, sendingStop } from "@/lib/workspace/queries";
import { LooksPanel } from "../looks-panel";
import { MailPanel } from "../mail-panel";
import { OfficeInWords } from "../office-in-words";
import { OwnStoresPanel } from "../own-stores-panel";
import { PacePanel } from "../pace-panel";
import { PasswordPanel } from "../password-panel";
import { PersonPanel } from "../person-panel";
import { ReviewsPanel } from "../reviews-panel";
import { SchedulePanel } from "../schedule-panel";
import { SendingPanel } from "../sending-panel";
import { SessionsPanel } from "../sessions-panel";
import type { LinkedAccount } from "../telegram/linked-telegram";
import { TelegramPanel } from "../telegram/telegram-panel";
import { TwoFactorPanel } from "../two-factor/two-factor-panel";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const caller = await pageCaller();
  const t = await getTranslations("settings");
  const mayChange = can(caller, "change_settings");
  return (
    <Page
      messages={[
        "auth.password",
        "settings",
        "stores.sending",
        "ownStores.settings",
        "telling.panel",
        "telling.topic",
      ]}
    >
      <PageHeader
        title={t("title")}
        lead={t(mayChange ? "leadOwner" : "lead")}
        action={
          <div className="flex flex-wrap gap-2">
            {hasPeopleRight(caller, "view") && (
              <Link href="/people" className={buttonLook({})}>
                {t("people")}
              </Link>
            )}
            {can(caller, "manage_proxies") && (
              <Link href="/settings/exits" className={buttonLook({})}>
                {t("exits.title")}
              </Link>
            )}
            {can(caller, "view_audit") && (
              <Link href="/audit" className={buttonLook({})}>
                {t("audit")}
              </Link>
            )}
            <Link href="/settings/keys" className={buttonLook({})}>
              {t("keys")}
            </Link>
            <Link href="/settings/webhooks" className={buttonLook({})}>
              {t("webhooks")}
            </Link>
            <Link href="/settings/tariffs" className={buttonLook({})}>
              {t("tariffs")}
            </Link>
          </div>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Own />
        <Office mayChange={mayChange} />
      </div>
    </Page>
  );
}

/** What is the person's own. */
async function Own() {
  const caller = await pageCaller();
  const { db } = kaspiAccess();
  const [workspace, twoFactor, link, told] = await Promise.all([
    getWorkspace(db),
    twoFactorOf(db, caller.id),
    linkOf(db, caller.id),
    settingsOf(db, caller.id),
  ]);
  return (
    <>
      <PersonPanel
        person={caller}
        officeZone={workspace.timeZone}
        zones={Intl.supportedValuesOf("timeZone")}
      />
      <LooksPanel />
      <TelegramPanel
        hasBot={tellingAccess().telegram !== null}
        mayConnect={caller.role === "owner"}
        account={link && toAccount(link)}
        settings={told}
      />
      <PasswordPanel email={caller.email} />
      <TwoFactorPanel twoFactor={twoFactor} />
      <SessionsPanel />
    </>
  );
}

const toAccount = ({
  username,
  telegramId,
  linkedAt,
  mutedAt,
  blockedAt,
}: TelegramLink): LinkedAccount => ({
  name: username === null ? `${telegramId}` : `@${username}`,
  linkedAt,
  isMuted: mutedAt !== null,
  isBlocked: blockedAt !== null,
});

/** What is the office's: who may changes it, everybody else reads what it is. */
async function Office({ mayChange }: { mayChange: boolean }) {
  const caller = await pageCaller();
  const { db } = kaspiAccess();
  const [workspace, stop] = await Promise.all([getWorkspace(db), sendingStop(db)]);
  if (!mayChange) return <OfficeInWords workspace={workspace} stop={stop} />;
  const [stores, byAge] = await Promise.all([listStores(db, caller), storesByAge(db, caller)]);
  const bots = stores.reduce((sum, store) => sum + store.botsCount, 0);
  return (
    <>
      <SendingPanel stop={stop} stores={stores.length} bots={bots} />
      <SchedulePanel schedule={workspace} zones={Intl.supportedValuesOf("timeZone")} />
      <PacePanel pace={workspace} />
      <ReviewsPanel reviews={workspace} />
      <MailPanel mail={workspace} />
      {caller.role === "owner" && byAge.length > 1 && (
        <OwnStoresPanel policy={workspace} stores={byAge} />
      )}
    </>
  );
}
