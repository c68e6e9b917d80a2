import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { jobHealth } from "@/lib/jobs/health";
import { listOpenNotices } from "@/lib/notices/queries";
import { openWars } from "@/lib/price-wars/queries";
import { isUnderWay, toProgress } from "@/lib/runs/model";
import { latestSyncs } from "@/lib/runs/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { changesToday, countWaiting, usedBudgets } from "./change-queries";
import { countGoods, frozenPrices } from "./goods-queries";
import { exitFacts, storeFacts } from "./health-queries";
import type { LoginBudget, Overview } from "./model";
import { readingLately } from "./reading-queries";
import {
  budgetFreeAt,
  dayIn,
  exitState,
  jobTroubles,
  lastDays,
  noGoods,
  shortReading,
  standingOf,
  sumGoods,
} from "./rules";
import { sharesByDay } from "./share-queries";

/** Everything the overview says, of one store or of all the caller may see. */
export async function loadOverview(
  tx: Tx,
  caller: Caller,
  { store: asked, days: shareDays, now }: { store: string | undefined; days: number; now: Date },
): Promise<Overview> {
  const [workspace, visible] = await Promise.all([getWorkspace(tx), storeFacts(tx, caller, now)]);
  const chosen = visible.find(({ id }) => id === asked)?.id;
  const shown = visible.filter(({ id }) => !chosen || id === chosen);
  const { timeZone } = workspace;
  const [
    goods,
    frozen,
    wars,
    days,
    changes,
    waiting,
    budgets,
    notices,
    jobs,
    exits,
    reading,
    runs,
  ] = await Promise.all([
    countGoods(tx, caller, chosen, now),
    frozenPrices(tx, caller, chosen),
    openWars(tx, caller, chosen),
    sharesByDay(tx, caller, chosen, { now, timeZone, days: shareDays }),
    changesToday(tx, caller, chosen, { now, timeZone }),
    countWaiting(tx, caller, chosen),
    loginBudgets(tx, caller, chosen, workspace, now),
    listOpenNotices(tx, caller),
    jobHealth(now, tx),
    exitFacts(tx),
    readingLately(tx, now),
    latestSyncs(
      tx,
      shown.map(({ id }) => id),
    ),
  ]);
  const isStopped = workspace.sendingStoppedAt !== null;
  const sum = sumGoods(goods.map(({ counts }) => counts));
  const today = dayIn(now, timeZone);
  const past = days.filter(({ day }) => day !== today);
  return {
    stores: shown.map((store) => {
      const own = goods.find(({ storeId }) => storeId === store.id);
      const run = runs.find(({ storeId }) => storeId === store.id);
      return {
        id: store.id,
        name: store.name,
        accountId: store.accountId,
        standing: standingOf(store, isStopped, now),
        lastSyncAt: store.lastSyncAt,
        writesBlockedUntil: store.writesBlockedUntil,
        goods: own?.counts ?? noGoods,
        marketReadAt: own?.marketReadAt ?? null,
        run: run && isUnderWay(run) ? toProgress(run) : null,
        isPricing: store.isPricing,
        held: store.held,
      };
    }),
    jobs: jobTroubles(jobs, now),
    exits: exits.map(({ restReason, deadSince, ...exit }) => ({
      ...exit,
      state: exitState({ ...exit, restReason, deadSince }, now),
    })),
    reading: shortReading(reading),
    isStopped,
    goods: sum,
    days: lastDays([...past, { day: today, ...sum }], { today, days: shareDays }),
    notices: notices.filter(({ storeId }) => !chosen || storeId === null || storeId === chosen),
    frozen,
    wars,
    today: { ...changes, waiting },
    budgets,
    windowMinutes: workspace.writeWindowMinutes,
  };
}

type Limits = { writesPerWindow: number; writeWindowMinutes: number };

async function loginBudgets(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
  { writesPerWindow: perWindow, writeWindowMinutes: windowMinutes }: Limits,
  now: Date,
): Promise<LoginBudget[]> {
  const budgets = await usedBudgets(tx, caller, store, { perWindow, windowMinutes }, now);
  return budgets.map(({ login, used, ...facts }) => ({
    login,
    used,
    limit: perWindow,
    freeAt: budgetFreeAt({ used, limit: perWindow, ...facts }, now),
  }));
}
