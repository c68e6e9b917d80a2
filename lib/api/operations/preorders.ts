import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { xlsxType } from "@/lib/excel/kaspi-template-model";
import { kaspiAccess } from "@/lib/exits/access";
import { createPreorder } from "@/lib/preorders/create-preorders";
import { endPreorder } from "@/lib/preorders/end-preorder";
import { exportPreorders, preordersFileName } from "@/lib/preorders/export-preorders";
import { pushPreorders } from "@/lib/preorders/push-preorders";
import { findPreorder } from "@/lib/preorders/queries";
import { readableStore } from "@/lib/stores/queries";
import { listOf, listQuery, pageOf, requirePage } from "../list-answer";
import { operation } from "../operation";
import { applyChanges } from "../preorders/change-preorder";
import { apiStatuses, preorderAnswer, toPreorderAnswer } from "../preorders/preorder-answer";
import { newPreorder, pointsIn, preorderChanges } from "../preorders/preorder-fields";
import {
  countPreorders,
  orderings,
  preorderPage,
  preordersOfStore,
} from "../preorders/preorder-queries";
import { idField, searchField } from "../request-fields";

const tag = "preorders";
const one = { path: "/preorders/{id}/", tag, params: z.object({ id: z.uuid() }) };
const ofStore = z.strictObject({ store_id: idField });

const listPreorders = operation({
  id: "listPreorders",
  method: "GET",
  path: "/preorders/",
  tag,
  summary: "Preorders of the stores one sees",
  scope: "read",
  query: z.strictObject({
    ...listQuery(orderings),
    store_id: idField.optional(),
    product_id: idField.optional(),
    status: z.enum(apiStatuses, { error: "preorder_status" }).optional(),
    search: searchField.optional().describe("Part of the name or of the article"),
  }),
  answers: { 200: listOf(preorderAnswer) },
  async handle({ caller, query, request, t }) {
    const { db } = kaspiAccess();
    const { page, page_size, ordering = "-created_at", ...choice } = query;
    const count = await countPreorders(db, caller, choice);
    requirePage(count, query);
    const found = await preorderPage(db, caller, choice, { ordering, page, page_size });
    const results = found.map((row) => toPreorderAnswer(row, t));
    return { body: pageOf({ request, page, pageSize: page_size, count, results }) };
  },
});

const addPreorder = operation({
  id: "addPreorder",
  method: "POST",
  path: "/preorders/",
  tag,
  summary: "Makes a draft; one open preorder per product and store",
  scope: "write",
  body: newPreorder,
  answers: { 201: preorderAnswer },
  async handle({ caller, body, t }) {
    const { db, clock } = kaspiAccess();
    const { store_id: storeId, product_id: productId, delivery_days: leadDays } = body;
    const { merchantId } = await readableStore(db, caller, storeId);
    const { name, brand, price = null, article } = body;
    const points = pointsIn(body, merchantId) ?? [];
    const id = await db.transaction(async (tx) => {
      const given = { storeId, productId, leadDays, points, price, name, brand };
      const made = await createPreorder(tx, caller, given, clock());
      const row = await findPreorder(tx, caller, made);
      if (article !== undefined && article !== row.article)
        throw new AppError("invalid", "preorder_article", {
          details: [{ path: "article", message: "preorder_article" }],
        });
      return made;
    });
    const headers = { location: `/api/v1/preorders/${id}/` };
    return { status: 201, body: toPreorderAnswer(await findPreorder(db, caller, id), t), headers };
  },
});

const getPreorder = operation({
  ...one,
  id: "getPreorder",
  method: "GET",
  summary: "One preorder",
  scope: "read",
  answers: { 200: preorderAnswer },
  handle: async ({ caller, params: { id }, t }) => ({
    body: toPreorderAnswer(await findPreorder(kaspiAccess().db, caller, id), t),
  }),
});

const changeOne = operation({
  ...one,
  id: "changePreorder",
  method: "PATCH",
  summary: "Sets what is named; one that was sent goes out again. Its status ends it",
  scope: "write",
  body: preorderChanges,
  answers: { 200: preorderAnswer },
  async handle({ caller, params: { id }, body: changes, t }) {
    const { db, clock } = kaspiAccess();
    await applyChanges(db, caller, { id, changes }, clock());
    return { body: toPreorderAnswer(await findPreorder(db, caller, id), t) };
  },
});

const removePreorder = operation({
  ...one,
  id: "cancelPreorder",
  method: "DELETE",
  summary: "Cancels it: what it has changed at Kaspi is put back. It stays in the list",
  scope: "write",
  answers: { 204: null },
  async handle({ caller, params: { id } }) {
    const { db, clock } = kaspiAccess();
    await endPreorder(db, caller, { id, how: "cancelled" }, clock());
    return { status: 204 };
  },
});

const listByStore = operation({
  id: "listPreordersByStore",
  method: "GET",
  path: "/preorders/list_by_store/",
  tag,
  summary: "All preorders of a store, the newest first",
  scope: "read",
  query: ofStore,
  answers: {
    200: z.object({ success: z.literal(true), preorders: z.array(preorderAnswer) }),
  },
  async handle({ caller, query: { store_id: storeId }, t }) {
    const { db } = kaspiAccess();
    await readableStore(db, caller, storeId);
    const found = await preordersOfStore(db, caller, storeId);
    return { body: { success: true, preorders: found.map((row) => toPreorderAnswer(row, t)) } };
  },
});

const uploadPreorders = operation({
  id: "uploadPreorders",
  method: "POST",
  path: "/preorders/upload/",
  tag,
  summary:
    "Sends to Kaspi all of a store that are not there yet; the run ends with each one's state",
  scope: "write",
  body: ofStore.extend({ confirm: preorderChanges.shape.confirm }),
  answers: {
    202: z.object({
      success: z.literal(true),
      run_id: z.uuid(),
      left: z.int().describe("More than go in one request: ask again for these"),
    }),
  },
  async handle({ caller, body: { store_id: storeId, confirm } }) {
    const { db, clock } = kaspiAccess();
    const asked = { storeId, ids: null, confirm };
    const { runId, left } = await pushPreorders(db, caller, asked, clock());
    const headers = { location: `/api/v1/runs/${runId}/` };
    return { status: 202, body: { success: true, run_id: runId, left }, headers };
  },
});

const generateExcel = operation({
  id: "preordersExcel",
  method: "POST",
  path: "/preorders/generate_excel/",
  tag,
  summary:
    "Open preorders of a store in Kaspi's own table; uploaded alone it takes all else off sale",
  scope: "read",
  body: ofStore,
  file: xlsxType,
  answers: { 200: null },
  async handle({ caller, body: { store_id: store } }) {
    const { db, clock } = kaspiAccess();
    const now = clock();
    const filter = { store, q: "", status: "open", days: undefined } as const;
    const file = await exportPreorders(db, caller, filter, now);
    return new Response(file, {
      headers: {
        "content-type": xlsxType,
        "content-disposition": `attachment; filename="${preordersFileName(now)}"`,
        "cache-control": "no-store, no-transform",
      },
    });
  },
});

export const preorderOperations = [
  listPreorders,
  addPreorder,
  getPreorder,
  changeOne,
  removePreorder,
  listByStore,
  uploadPreorders,
  generateExcel,
];
