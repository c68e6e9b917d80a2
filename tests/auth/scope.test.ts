import { expect, test } from "vitest";
import { declaredIn, reachOf } from "../support/reach";
import { sourceFiles } from "../support/source-imports";

const rights = /\b(?:(?:mayRead|mayWrite|isPermitted|rightsIn|isOwn)\(|withinReach\b)/;
const overStores = /(\bfrom|Join)\(\s*stores\b/;

/** Queries over stores that no person's rights narrow, and why they may. */
const withoutRights: Record<string, string> = {
  "lib/accounts/queries.ts forgetEmptyAccounts": "a person's own logins",
  "lib/accounts/queries.ts accountsDueForCheck": "a job's",
  "lib/api/products/product-queries.ts rows": "narrowed by what it is a part of",
  "lib/api/stores/store-queries.ts rows": "narrowed by what it is a part of",
  "lib/audit/queries.ts selectEntries": "the whole office's, for view_audit",
  "lib/exits/channel-queries.ts officialSubjects": "a job's",
  "lib/exits/manage-queries.ts anyCard": "any card to try a proxy with",
  "lib/orders/read-queries.ts storeToRead": "a job's",
  "lib/orders/read-queries.ts storesDue": "a job's",
  "lib/overview/reading-queries.ts readingFacts": "how many reads all stores ask for, in numbers",
  "lib/overview/share-queries.ts takePlaceSnapshots": "a job's",
  "lib/price-list/feed-queries.ts feedByToken": "for whoever knows the address",
  "lib/price-list/feed-queries.ts feedsOn": "a job's",
  "lib/price-list/goods-queries.ts pricesUnderWay": "of a store that was looked up",
  "lib/price-list/version-queries.ts versionsSeenBy": "narrowed by what it is a part of",
  "lib/price-list/goods-queries.ts stocksTold": "of a store that was looked up",
  "lib/price-list/readiness-queries.ts lockReady": "of a store that was looked up",
  "lib/price-list/readiness-queries.ts whyNotReady": "of a store that was looked up",
  "lib/preorders/work-queries.ts lockForLeaving": "a job's",
  "lib/preorders/work-queries.ts storeNameOf": "a job's",
  "lib/preorders/work-queries.ts storesWithPreorders": "a job's",
  "lib/products/queries.ts priceOf": "of a product that is locked",
  "lib/repricing/check/check-queries.ts storesDueForReprice": "a job's",
  "lib/repricing/check/lead-queries.ts contendersOn": "decides which own store leads, shows none",
  "lib/repricing/cost-floor/cost-floor-queries.ts floorSubject": "of a product that is locked",
  "lib/repricing/ledger/verify-queries.ts ledgersOf": "a command's",
  "lib/repricing/send/feed-queries.ts feedTakesPrices": "a job's",
  "lib/repricing/send/feed-queries.ts leaveFeed": "a job's",
  "lib/repricing/send/exit-lock-queries.ts lockForExit": "a job's",
  "lib/repricing/send/publish-queries.ts storesWithOpenDecisions": "a job's",
  "lib/repricing/undo/undo-queries.ts paceOf": "of a run that was looked up for the caller",
  "lib/repricing/undo/undo-queries.ts undoSubjects": "of a run that was looked up for the caller",
  "lib/repricing/undo/undo-queries.ts waitingByPeople":
    "of a run that was looked up for the caller",
  "lib/reviews/page-queries.ts storesOfShop": "a job's",
  "lib/reviews/due-queries.ts addShops": "a job's",
  "lib/reviews/due-queries.ts takeDue": "a job's",
  "lib/retention/review-queries.ts forgetReviewLists": "a job's",
  "lib/runs/failure-queries.ts failedRun": "a job's",
  "lib/runs/history-queries.ts selectLines": "within the scope it is given",
  "lib/runs/queries.ts openRun": "locks a store that was looked up",
  "lib/stores/claim-queries.ts holderOf": "whose a merchant is, shown to nobody",
  "lib/stores/claim-queries.ts officialMerchants": "a person's own",
  "lib/stores/diagnose/diagnose-queries.ts storesToDiagnose": "a command's",
  "lib/stores/priced-queries.ts voidUnsent": "of products that are locked",
  "lib/stores/queries.ts ownMerchants": "decides who is no rival, shows none",
  "lib/stores/at-work-queries.ts storeAtWork": "a job's",
  "lib/stores/queries.ts storeRule": "of a store that was looked up",
  "lib/stores/at-work-queries.ts storesDueForSync": "a job's",
  "lib/stores/at-work-queries.ts storesForCycle": "a command's",
  "lib/stores/token-queries.ts sealedToken": "a job's",
  "lib/telling/shop-news-queries.ts lowStocks": "a job's",
  "lib/telling/shop-news-queries.ts untoldFrozen": "a job's",
  "lib/telling/shop-news-queries.ts untoldStops": "a job's",
};

const hasRights = (file: string, name: string) =>
  reachOf(file, name).some(
    ({ file: where, text }) => !where.startsWith("lib/auth/") && rights.test(text),
  );

const queries = sourceFiles
  .filter((file) => file.startsWith("lib/") && !/^lib\/(auth|db)\//.test(file))
  .flatMap((file) =>
    [...declaredIn(file)].flatMap(([name, { text }]) =>
      overStores.test(text) ? [{ file, name, query: `${file} ${name}` }] : [],
    ),
  );

test("every query over stores names the right it takes, but for those with a reason", () => {
  expect(queries.length).toBeGreaterThan(80);
  const open = queries.filter(({ file, name }) => !hasRights(file, name));
  expect(open.map(({ query }) => query).sort()).toEqual(Object.keys(withoutRights).sort());
});
