import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { StoppedBanner, TwinBanner } from "@/components/shell/banners";
import { railCollapsed, railCookie } from "@/components/shell/rail-cookie";
import { WorkspaceZone } from "@/components/shell/workspace-zone";
import { isTheme, themeCookie } from "@/components/theme";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { listStoreNames } from "@/lib/stores/queries";
import { getWorkspace, sendingStop } from "@/lib/workspace/queries";
import { chooseLocale } from "./actions";

export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const caller = await pageCaller();
  const { db } = kaspiAccess();
  const [workspace, stop, stores, remembered] = await Promise.all([
    getWorkspace(db),
    sendingStop(db),
    listStoreNames(db, caller),
    cookies(),
  ]);
  const theme = remembered.get(themeCookie)?.value;
  return (
    <WorkspaceZone timeZone={workspace.timeZone}>
      <AppShell
        user={{
          name: caller.name,
          email: caller.email,
          theme: isTheme(theme) ? theme : "system",
          saveLocale: chooseLocale,
        }}
        stores={stores}
        railCollapsed={remembered.get(railCookie)?.value === railCollapsed}
        banners={
          <>
            {stop && <StoppedBanner stop={stop} />}
            {workspace.kaspi === "twin" && <TwinBanner />}
          </>
        }
      >
        {children}
      </AppShell>
    </WorkspaceZone>
  );
}
