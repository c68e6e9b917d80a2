import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { currentOrigin } from "@/lib/log/origin";
import { webhookAccess } from "@/lib/webhooks/access";
import {
  addWebhook,
  changeWebhook,
  removeWebhook,
  webhookOf,
} from "@/lib/webhooks/manage-webhooks";
import { webhookEventsSchema, webhookUrlSchema } from "@/lib/webhooks/model";
import {
  countDeliveries,
  countWebhooks,
  listDeliveries,
  listWebhooks,
} from "@/lib/webhooks/queries";
import { testWebhook } from "@/lib/webhooks/send-by-hand";
import { listOf, listQuery, pageOf, spanOf } from "../list-answer";
import { operation } from "../operation";
import {
  deliveryAnswer,
  testAnswer,
  toDeliveryAnswer,
  toTestAnswer,
  toWebhookAnswer,
  webhookAnswer,
} from "../webhooks/webhook-answer";

const tag = "webhooks";
const params = z.object({ id: z.uuid() });
const { page, page_size } = listQuery([]);
const query = z.strictObject({ page, page_size });
const secret = z.string().nullable().describe("Shown this once; null when the answer is repeated");

const oneOf = (caller: Caller, id: string) => webhookOf(webhookAccess().db, caller, id);

export const webhookOperations = [
  operation({
    id: "listWebhooks",
    method: "GET",
    path: "/webhooks/",
    tag,
    summary: "One's own webhooks; an owner's list has everybody's",
    scope: "read",
    query,
    answers: { 200: listOf(webhookAnswer) },
    async handle({ caller, query: asked, request }) {
      const { db } = webhookAccess();
      const [count, found] = await Promise.all([
        countWebhooks(db, caller),
        listWebhooks(db, caller, spanOf(asked)),
      ]);
      const results = found.map(toWebhookAnswer);
      return {
        body: pageOf({ request, page: asked.page, pageSize: asked.page_size, count, results }),
      };
    },
  }),
  operation({
    id: "addWebhook",
    method: "POST",
    path: "/webhooks/",
    tag,
    summary: "Registers an address that is told of events; its secret is shown once",
    scope: "write",
    body: z.strictObject({ url: webhookUrlSchema, events: webhookEventsSchema }),
    answers: { 201: webhookAnswer.extend({ secret }).meta({ id: "NewWebhook" }) },
    once: ["secret"],
    async handle({ caller, body: given }) {
      // Whoever sits at an open browser is not yet the person: the page asks for the password.
      if (!currentOrigin()?.keyId) throw new AppError("forbidden", "webhook_needs_key");
      const made = await addWebhook(webhookAccess(), caller, given);
      const body = { ...toWebhookAnswer(await oneOf(caller, made.id)), secret: made.secret };
      return { status: 201, body, headers: { location: `/api/v1/webhooks/${made.id}/` } };
    },
  }),
  operation({
    id: "getWebhook",
    method: "GET",
    path: "/webhooks/{id}/",
    tag,
    summary: "One webhook",
    scope: "read",
    params,
    answers: { 200: webhookAnswer },
    handle: async ({ caller, params: { id } }) => ({
      body: toWebhookAnswer(await oneOf(caller, id)),
    }),
  }),
  operation({
    id: "changeWebhook",
    method: "PATCH",
    path: "/webhooks/{id}/",
    tag,
    summary: "Its events, its pause",
    scope: "write",
    params,
    body: z.strictObject({
      events: webhookEventsSchema.optional(),
      is_active: z.boolean({ error: "not_yes_or_no" }).optional(),
    }),
    answers: { 200: webhookAnswer },
    async handle({ caller, params: { id: webhookId }, body: { events, is_active: on } }) {
      await changeWebhook(webhookAccess(), caller, { webhookId, events, on });
      return { body: toWebhookAnswer(await oneOf(caller, webhookId)) };
    },
  }),
  operation({
    id: "removeWebhook",
    method: "DELETE",
    path: "/webhooks/{id}/",
    tag,
    summary: "Deletes a webhook and what waits to be sent to it",
    scope: "write",
    params,
    answers: { 204: null },
    async handle({ caller, params: { id } }) {
      await removeWebhook(webhookAccess(), caller, id);
      return { status: 204 };
    },
  }),
  operation({
    id: "testWebhook",
    waits: true,
    method: "POST",
    path: "/webhooks/{id}/test/",
    tag,
    summary: "Sends a `ping` now, and says what the receiver answered",
    scope: "write",
    params,
    answers: { 200: testAnswer },
    async handle({ caller, params: { id } }) {
      return { body: toTestAnswer(await testWebhook(webhookAccess(), caller, id)) };
    },
  }),
  operation({
    id: "listDeliveries",
    method: "GET",
    path: "/webhooks/{id}/deliveries/",
    tag,
    summary: "What was sent in the last 30 days, and what waits; the newest first",
    scope: "read",
    params,
    query,
    answers: { 200: listOf(deliveryAnswer) },
    async handle({ caller, params: { id }, query: asked, request }) {
      const { db } = webhookAccess();
      await oneOf(caller, id);
      const [count, found] = await Promise.all([
        countDeliveries(db, id),
        listDeliveries(db, id, spanOf(asked)),
      ]);
      const results = found.map(toDeliveryAnswer);
      return {
        body: pageOf({ request, page: asked.page, pageSize: asked.page_size, count, results }),
      };
    },
  }),
];
