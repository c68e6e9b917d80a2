import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import { kaspiAccess } from "@/lib/exits/access";
import { addStore } from "@/lib/stores/add-queries";
import { archiveStore } from "@/lib/stores/change-queries";
import { actingFor } from "../acting-for";
import { listOf, pageOf } from "../list-answer";
import { operation } from "../operation";
import { readableUser } from "../readable-user";
import { changeStore } from "../stores/change-store";
import { sessionAnswer, toSessionAnswer } from "../stores/session-answer";
import { storeAnswer, toStoreAnswer } from "../stores/store-answer";
import { newStoreFields, storeChanges, storesQuery } from "../stores/store-fields";
import { countChosen, storeById, storesPage } from "../stores/store-queries";
import { syncAnswer, syncedAnswer, syncingAnswer } from "../stores/sync-answer";

const tag = "stores";
const params = z.object({ id: z.uuid() });

export const storeOperations = [
  operation({
    id: "listStores",
    method: "GET",
    path: "/kaspi/stores/",
    tag,
    summary: "The stores one sees",
    scope: "read",
    query: storesQuery,
    answers: { 200: listOf(storeAnswer) },
    async handle({ caller, query, request }) {
      const { db } = kaspiAccess();
      const { page, page_size, ordering = "name", ...choice } = query;
      readableUser(caller, choice.user_id);
      const [count, found] = await Promise.all([
        countChosen(db, caller, choice),
        storesPage(db, caller, choice, { page, page_size, ordering }),
      ]);
      const results = found.map(toStoreAnswer);
      return { body: pageOf({ request, page, pageSize: page_size, count, results }) };
    },
  }),
  operation({
    id: "addStore",
    method: "POST",
    path: "/kaspi/stores/",
    tag,
    summary: "A store that nobody has logged in to yet; its first login claims its merchant",
    scope: "write",
    body: newStoreFields,
    answers: { 201: storeAnswer },
    async handle({ caller, body: { merchant_id: merchantId, name, user_id } }) {
      const { db, clock } = kaspiAccess();
      const person = await actingFor(db, caller, user_id);
      requirePermission(person, "change_store");
      const id = await addStore(db, caller, { userId: person.id, merchantId, name }, clock());
      const body = toStoreAnswer(await storeById(db, caller, id));
      return { status: 201, body, headers: { location: `/api/v1/kaspi/stores/${id}/` } };
    },
  }),
  operation({
    id: "getStore",
    method: "GET",
    path: "/kaspi/stores/{id}/",
    tag,
    summary: "One store",
    scope: "read",
    params,
    answers: { 200: storeAnswer },
    handle: async ({ caller, params: { id } }) => ({
      body: toStoreAnswer(await storeById(kaspiAccess().db, caller, id)),
    }),
  }),
  operation({
    id: "changeStore",
    waits: true,
    method: "PATCH",
    path: "/kaspi/stores/{id}/",
    tag,
    summary: "Its name, its pause, its token of Kaspi's official API",
    scope: "write",
    params,
    body: storeChanges,
    answers: { 200: storeAnswer },
    async handle({ caller, params: { id }, body }) {
      const access = kaspiAccess();
      await changeStore(access, caller, id, body);
      return { body: toStoreAnswer(await storeById(access.db, caller, id)) };
    },
  }),
  operation({
    id: "removeStore",
    method: "DELETE",
    path: "/kaspi/stores/{id}/",
    tag,
    summary: "Disconnects a store: its history stays, its jobs stop",
    scope: "write",
    params,
    answers: { 204: null },
    async handle({ caller, params: { id } }) {
      const { db, clock } = kaspiAccess();
      await archiveStore(db, caller, id, clock());
      return { status: 204 };
    },
  }),
  operation({
    id: "syncStore",
    waits: true,
    method: "POST",
    path: "/kaspi/stores/{id}/sync/",
    tag,
    summary:
      "Reads the store's products anew; answers at the end, or with `Prefer: respond-async` at once",
    scope: "kaspi",
    headers: { Prefer: "`respond-async`: do not wait for the end" },
    params,
    answers: { 200: syncedAnswer, 202: syncingAnswer },
    handle: ({ caller, params: { id: storeId }, request, t }) =>
      syncAnswer(kaspiAccess(), { caller, storeId, request, t }),
  }),
  operation({
    id: "getSession",
    method: "GET",
    path: "/kaspi/stores/{id}/session/",
    tag,
    summary: "What is known of the store's Kaspi session; Kaspi is not asked",
    scope: "read",
    params,
    answers: { 200: sessionAnswer },
    async handle({ caller, params: { id }, t }) {
      const { db, clock } = kaspiAccess();
      return { body: toSessionAnswer(await storeById(db, caller, id), t, clock()) };
    },
  }),
];
