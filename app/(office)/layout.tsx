import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/client-messages";
import { AdoptLocale } from "@/components/shell/adopt-locale";
import { AppShell } from "@/components/shell/app-shell";
import type { NavName } from "@/components/shell/nav-items";
import { railCollapsed, railCookie } from "@/components/shell/rail-cookie";
import { WorkspaceZone } from "@/components/shell/workspace-zone";
import type { Caller } from "@/lib/auth/model";
import { sees } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { defaultLocale, localeCookie } from "@/lib/i18n/locales";
import { countApprovals } from "@/lib/ledger/approval-queries";
import { countNotices } from "@/lib/notices/page-queries";
import { hasPeopleRight } from "@/lib/people/permissions";
import { listStoreNames } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { chooseLocale } from "./actions";
import { OfficeBanners } from "./office-banners";

/** Sections in which there would be nothing for the caller. */
function hiddenFrom(caller: Caller): NavName[] {
  const ofGoods: NavName[] = sees(caller, "view_product")
    ? []
    : ["overview", "products", "prices", "preorders"];
  const ofOrders: NavName[] = sees(caller, "view_order") ? [] : ["trade"];
  const ofStores: NavName[] = sees(caller, "view_store") ? [] : ["stores"];
  const ofReviews: NavName[] = sees(caller, "view_review") ? [] : ["reviews"];
  return [
    ...ofGoods,
    ...ofOrders,
    ...ofStores,
    ...ofReviews,
    ...(hasPeopleRight(caller, "view") ? [] : ["people" as const]),
  ];
}

export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const caller = await pageCaller();
  const { db } = kaspiAccess();
  const [workspace, stores, approvals, notices, remembered] = await Promise.all([
    getWorkspace(db),
    listStoreNames(db, caller),
    countApprovals(db, caller),
    countNotices(db, caller),
    cookies(),
  ]);
  const speaksAnother = !remembered.has(localeCookie) && caller.locale !== defaultLocale;
  return (
    <WorkspaceZone timeZone={caller.timeZone ?? workspace.timeZone}>
      {speaksAnother && <AdoptLocale locale={caller.locale} />}
      <ClientMessages
        of={[
          "notices.dismiss",
          "stores.sending.resume",
          "stores.sending.resumeTitle",
          "stores.sending.resumeAllTitle",
          "stores.sending.resumeText",
        ]}
      >
        <AppShell
          user={{
            name: caller.name,
            email: caller.email,
            saveLocale: chooseLocale,
          }}
          stores={stores}
          waiting={approvals.frozen + approvals.holds}
          notices={notices}
          hidden={hiddenFrom(caller)}
          railCollapsed={remembered.get(railCookie)?.value === railCollapsed}
          banners={
            <OfficeBanners caller={caller} stores={stores} isTwin={workspace.kaspi === "twin"} />
          }
        >
          {children}
        </AppShell>
      </ClientMessages>
    </WorkspaceZone>
  );
}
