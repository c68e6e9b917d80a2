import { gzipSync } from "node:zlib";
import { and, eq, sql } from "drizzle-orm";
import { createApiKey } from "@/lib/auth/api-keys";
import type { Permission } from "@/lib/auth/permission-model";
import { insertUser } from "@/lib/auth/users";
import { tenge } from "@/lib/core/money";
import { HOUR, later } from "@/lib/core/time";
import { bulkChanges } from "@/lib/db/schema/bulk";
import { calculations } from "@/lib/db/schema/calculations";
import { tariffs } from "@/lib/db/schema/costs";
import { exits } from "@/lib/db/schema/exits";
import { groupPermissions, groups, userGroups } from "@/lib/db/schema/groups";
import { stores } from "@/lib/db/schema/kaspi";
import { pendingLogins } from "@/lib/db/schema/logins";
import { attempts, mailingRuns, mailings, messageFiles, messages } from "@/lib/db/schema/mailings";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { invites } from "@/lib/db/schema/people";
import { preorders } from "@/lib/db/schema/preorders";
import { priceLists } from "@/lib/db/schema/price-lists";
import { priceWars } from "@/lib/db/schema/price-wars";
import { products } from "@/lib/db/schema/products";
import { recipients } from "@/lib/db/schema/recipients";
import { pricingRuns } from "@/lib/db/schema/repricing";
import { reviewSources, reviews, reviewWatches } from "@/lib/db/schema/reviews";
import { priceHolds } from "@/lib/db/schema/safety";
import { tableImportChanges, tableImports } from "@/lib/db/schema/table-files";
import { taskAssignees, taskCategories, taskRules, taskSteps, tasks } from "@/lib/db/schema/tasks";
import { telegramLinks, tellings } from "@/lib/db/schema/telegram";
import { webhookDeliveries, webhooks } from "@/lib/db/schema/webhooks";
import { runs } from "@/lib/db/schema/workspace";
import { raiseNotice } from "@/lib/notices/queries";
import { setProductNote } from "@/lib/products/set-note";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { setDefaultRule, setProductRule } from "@/lib/repricing/rule/set-rule";
import { requestSync } from "@/lib/sync/request-sync";
import type { TestOffice } from "./office";
import type { Pools } from "./schema-inputs";
import { connectedStore, syncNow } from "./stores";

/** Stands nowhere but in what is the owner's: who has it has seen that. */
const MARK = "Сокровенное";

/** Somebody with these rights in the office and in stores of their own, of which there are none. */
export async function memberWith(
  { access: { db, clock } }: TestOffice,
  name: string,
  permissions: readonly Permission[],
): Promise<string> {
  const person = { email: `${name}@example.kz`, name, password: "a long password" };
  const userId = await insertUser(db, person, clock());
  const [group] = await db.insert(groups).values({ name }).returning({ id: groups.id });
  const groupId = group?.id ?? "";
  const held = permissions.map((permission) => ({ groupId, permission }));
  if (held.length > 0) await db.insert(groupPermissions).values(held);
  await db.insert(userGroups).values({ userId, groupId });
  return userId;
}

/**
 * One of everything, the owner's all of it: ids by the names that schemas call them, and words that
 * nobody else may get to see.
 */
export async function ownedThings(office: TestOffice): Promise<{ ids: Pools; marks: string[] }> {
  const { db } = office.access;
  const { storeId } = await connectedStore(office);
  await syncNow(office, storeId);
  await db.update(stores).set({ name: MARK, note: MARK }).where(eq(stores.id, storeId));
  const goods = await db
    .select({ id: products.id, name: products.name })
    .from(products)
    .where(and(eq(products.storeId, storeId), eq(products.onSale, true)))
    .limit(3);
  await done(office, storeId, goods[0]?.id ?? "");
  await underWay(office, storeId, goods[0]?.id ?? "");
  const marks = [MARK, "invited@example.kz", ...goods.map(({ name }) => name)];
  return { ids: await idsOf(office), marks };
}

/** What the owner has done with the store. */
async function done({ access, owner }: TestOffice, storeId: string, productId: string) {
  const { db } = access;
  const now = access.clock();
  const by = { by: owner.id, now };
  await requestSync(db, storeId, owner.id);
  await setProductNote(db, owner, { productId, note: MARK }, now);
  const hand = { price: tenge(10_000), hold: false, confirm: true };
  await setPriceByHand(db, owner, productId, hand, now);
  await setProductRule(db, owner, productId, { whenFirst: "raise" }, now);
  await setDefaultRule(db, owner, storeId, { whenFirst: "raise" }, now, { confirm: true });
  await createApiKey(db, owner.id, { name: MARK, scopes: ["read"], lifeMs: null }, by);
  await raiseNotice(db, { kind: "sync_incomplete", about: storeId, severity: "warning", storeId });
}

/** What has come about, and waits for somebody. */
async function underWay({ access, owner }: TestOffice, storeId: string, productId: string) {
  const { db } = access;
  const now = access.clock();
  const soon = later(now, HOUR);
  await db.insert(exits).values({ name: MARK, isActive: false });
  await db.insert(priceHolds).values({ storeId, kind: "breaker", scope: "run", at: now });
  await db.insert(pricingRuns).values({ storeId, trigger: "person", startedAt: now });
  await db.insert(tariffs).values({
    storeId,
    kind: "tax",
    validFrom: "2026-01-01",
    value: { rate: 300 },
    source: MARK,
    setAt: now,
  });
  await db.insert(preorders).values({
    ...{ storeId, productId, article: MARK, name: MARK, price: tenge(9_000), leadDays: 5 },
    ...{ points: [{ pointId: "17203946_PP1", quantity: 2 }], updatedAt: now },
  });
  const [order] = await db
    .insert(orders)
    .values({
      ...{ storeId, code: "800000001", state: "NEW", status: "APPROVED_BY_BANK", tab: "new" },
      ...{ orderedAt: now, totalPrice: tenge(9_000), isKaspiDelivery: true, express: false },
      ...{ preOrder: false, signatureRequired: false, buyerName: MARK, source: "shop_api" },
      ...{ readAt: now, changedAt: now, hasEntries: true },
    })
    .returning({ id: orders.id });
  await db.insert(orderEntries).values({
    ...{ orderId: order?.id ?? "", storeId, nth: 0, name: MARK, productId, quantity: 1 },
    ...{ unitPrice: tenge(9_000), totalPrice: tenge(9_000) },
  });
  const [bulk] = await db
    .insert(runs)
    .values({ kind: "bulk", userId: owner.id })
    .returning({ id: runs.id });
  const change = { kind: "bot", enabled: true };
  await db.insert(bulkChanges).values({ id: bulk?.id ?? "", userId: owner.id, change });
  await db.insert(priceWars).values({
    ...{ storeId, productId, cityId: "750000000", rivalId: "990001", rounds: 3 },
    ...{ startedAt: now, lastCutAt: now, lastCutBy: "rival" },
    ...{ priceBefore: tenge(12_000), price: tenge(11_000), rivalPrice: tenge(10_990) },
  });
  await db.insert(invites).values({
    ...{ email: "invited@example.kz", role: "member", locale: "ru", tokenHash: "of no token" },
    ...{ invitedBy: owner.id, sentAt: now, expiresAt: soon },
  });
  const xml = gzipSync("<kaspi_catalog><offers></offers></kaspi_catalog>");
  const list = { errors: 0, warnings: 0, findings: [], hash: "", xml, bytes: 0 };
  await db.insert(priceLists).values({
    ...{ ...list, storeId, number: 1, why: "person", offers: 0 },
    ...{ madeAt: now, checkedAt: now },
  });
  const [webhook] = await db
    .insert(webhooks)
    .values({
      ...{ userId: owner.id, url: "http://127.0.0.1:9/", events: ["price.changed"] },
      ...{ secret: access.vault.seal("whsec_x"), createdAt: now },
    })
    .returning({ id: webhooks.id });
  await db.insert(webhookDeliveries).values({
    ...{ webhookId: webhook?.id ?? "", event: "price.changed", subject: "one", storeId },
    ...{ data: { note: MARK }, createdAt: now, nextAt: soon, excerpt: MARK },
  });
  const telegramId = 500_000_001;
  await db
    .insert(telegramLinks)
    .values({ userId: owner.id, telegramId, username: MARK, linkedAt: now });
  await db.insert(tellings).values({
    ...{ userId: owner.id, subject: "one", kind: "task_due", params: { title: MARK } },
    ...{ createdAt: now, notBefore: soon },
  });
  const [seen] = await db
    .insert(tableImports)
    .values({
      ...{ userId: owner.id, storeId, fileName: MARK, kind: "table", state: "applied" },
      ...{ lines: 1, errorLines: 0, seenAt: now },
    })
    .returning({ id: tableImports.id });
  await db.insert(tableImportChanges).values({
    ...{ importId: seen?.id ?? "", nth: 0, line: 2, article: MARK, productId },
    ...{ field: "note", kind: "change", before: null, after: MARK },
  });
  await db
    .insert(calculations)
    .values({ userId: owner.id, name: MARK, texts: { price: "1000" }, savedAt: now });
  const [source] = await db
    .insert(reviewSources)
    .values({ kind: "card", code: "106185651", name: MARK })
    .returning({ id: reviewSources.id });
  const watched = { userId: owner.id, sourceId: source?.id ?? "", askedAt: now };
  await db.insert(reviewWatches).values(watched);
  await db.insert(reviews).values({
    ...{ sourceId: source?.id ?? "", id: "4f0e", text: MARK, firstSeenAt: now },
    ...{ walk: 1, lastWalk: 1, lastPage: 0 },
  });
  const hex = { category: "c".repeat(64), task: "7".repeat(64) };
  const dates = { createdAt: now, updatedAt: now };
  await db
    .insert(taskCategories)
    .values({ id: hex.category, ownerId: owner.id, name: MARK, ...dates });
  await db.insert(tasks).values({
    ...{ id: hex.task, categoryId: hex.category, title: MARK, text: MARK, ...dates },
    ...{ storeId, productId, createdBy: owner.id },
  });
  await db.insert(taskAssignees).values({ taskId: hex.task, userId: owner.id, since: now });
  await db.insert(taskSteps).values({ taskId: hex.task, nth: 0, text: MARK });
  await db.insert(taskRules).values({
    ...{ ownerId: owner.id, noticeKind: "low_review", categoryId: hex.category, createdAt: now },
    ...{ since: now, assigneeId: owner.id, priority: "normal", dueMinutes: 60 },
  });
  const [recipient] = await db
    .insert(recipients)
    .values({
      ...{ ownerId: owner.id, email: "recipient@example.kz", fullName: MARK, comment: MARK },
      ...{ tags: [MARK], ...dates },
    })
    .returning({ id: recipients.id });
  const [letter] = await db
    .insert(messages)
    .values({ ownerId: owner.id, subject: MARK, bodyText: MARK, ...dates })
    .returning({ id: messages.id });
  await db.insert(messageFiles).values({
    ...{ messageId: letter?.id ?? "", name: MARK, type: "text/plain", size: 4 },
    ...{ content: Buffer.from("file"), createdAt: now },
  });
  const [mailing] = await db
    .insert(mailings)
    .values({ ownerId: owner.id, messageId: letter?.id ?? "", tags: [MARK], ...dates })
    .returning({ id: mailings.id });
  const mailingId = mailing?.id ?? 0;
  const [run] = await db
    .insert(mailingRuns)
    .values({
      ...{ mailingId, number: 1, trigger: "manual", state: "completed", startedAt: now },
      ...{ total: 1, failed: 1, subject: MARK, bodyText: MARK, bodyHtml: "" },
    })
    .returning({ id: mailingRuns.id });
  await db.insert(attempts).values({
    ...{ mailingId, runId: run?.id ?? "", runNumber: 1, trigger: "manual", nth: 1 },
    ...{ recipientId: recipient?.id ?? "", email: "recipient@example.kz", fullName: MARK },
    ...{ status: "failure", tries: 1, serverResponse: MARK, at: now },
  });
  await db.insert(pendingLogins).values({
    ...{ userId: owner.id, login: "77010000000", step: "code", channel: "sms" },
    ...{ state: access.vault.seal("{}"), resendAt: soon, expiresAt: soon },
  });
}

/** Where the ids are that a schema may ask for. */
const sources: Record<string, string> = {
  storeId: "select id from stores",
  leadOrder: "select id from stores",
  store: "select id from stores",
  productId: "select id from products where on_sale limit 3",
  ids: "select id from products where on_sale limit 3",
  except: "select id from products where on_sale limit 3",
  from: "select id from products where on_sale limit 3",
  cityId: "select distinct city_id from product_cities",
  cityIds: "select distinct city_id from product_cities",
  decisionId: "select id from decisions",
  decisionIds: "select id from decisions",
  runId: "(select id from runs) union all (select id from pricing_runs)",
  holdId: "select id from price_holds",
  noticeId: "select id from notices",
  inviteId: "select id from invites",
  personId: "select id from users where role = 'owner'",
  groupId: "select id from groups",
  groupIds: "select id from groups",
  exitId: "select id from exits",
  keyId: "select id from api_keys",
  tariffId: "select id from tariffs",
  versionId: "select id from audit_log where action like '%.rule_changed'",
  warId: "select id from price_wars",
  webhookId: "select id from webhooks",
  orderId: "select id from orders",
  preorderId: "select id from preorders",
  preorderIds: "select id from preorders",
  pointId: "select point_id from pickup_points",
  deliveryId: "select id from webhook_deliveries",
  pendingId: "select id from pending_logins",
  listId: "select id from price_lists",
  importId: "select id from table_imports",
  calculationId: "select id from calculations",
  merchantId: "select merchant_id from stores",
  categoryId: "select id from task_categories",
  taskId: "select id from tasks",
  taskIds: "select id from tasks",
  stepId: "select id from task_steps",
  ruleId: "select id from task_rules",
  reviewId: "select id from reviews",
  userId: "select id from users where role = 'owner'",
  userIds: "select id from users where role = 'owner'",
  addedIds: "select id from users where role = 'owner'",
  removedIds: "select id from users where role = 'owner'",
  recipientId: "select id from recipients",
  recipientIds: "select id from recipients",
  messageId: "select id from messages",
  fileId: "select id from message_files",
  mailingId: "select id from mailings",
  attemptId: "select id from attempts",
  cardId: "select code from review_sources where kind = 'card'",
};

async function idsOf({ access: { db } }: TestOffice): Promise<Pools> {
  const pools: Pools = {};
  for (const [name, query] of Object.entries(sources)) {
    const rows = await db.execute<Record<string, string>>(sql.raw(query));
    pools[name] = rows.flatMap((row) => Object.values(row).map(String));
    if (rows.length === 0) throw new Error(`nothing owned for ${name}`);
  }
  return pools;
}
