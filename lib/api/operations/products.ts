import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { HIGHEST_PRICE } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import { kaspiAccess } from "@/lib/exits/access";
import { listOf, listQuery, pageOf } from "../list-answer";
import { operation } from "../operation";
import { productAnswer, toProductAnswer } from "../products/product-answer";
import { countProducts, orderings, productById, productPage } from "../products/product-queries";
import { readableUser } from "../readable-user";

const price = z.coerce.number({ error: "not_a_number" }).int().min(0).max(HIGHEST_PRICE).optional();
const word = (most: number) => z.string().overwrite(storable).trim().min(1).max(most).optional();
const yesNo = z
  .enum(["true", "false"], { error: "not_yes_or_no" })
  .transform((said) => said === "true");

const tag = "products";
export const oneProduct = z.object({ id: z.uuid() });

const listProducts = operation({
  id: "listProducts",
  method: "GET",
  path: "/products/",
  tag,
  summary: "Products of the stores one sees",
  scope: "read",
  query: z.strictObject({
    ...listQuery(orderings),
    store_id: z.uuid({ error: "not_an_id" }).optional(),
    user_id: z.uuid({ error: "not_an_id" }).optional(),
    search: word(100),
    bot_active: yesNo.optional(),
    category: word(200),
    min_price: price,
    max_price: price,
  }),
  answers: { 200: listOf(productAnswer) },
  async handle({ caller, query, request, t }) {
    const { db, clock } = kaspiAccess();
    const { page, page_size, ordering = "name", ...choice } = query;
    readableUser(caller, choice.user_id);
    const [count, found] = await Promise.all([
      countProducts(db, caller, choice, clock()),
      productPage(db, caller, choice, { page, page_size, ordering }),
    ]);
    const results = found.map((row) => toProductAnswer(row, t, caller.locale));
    return { body: pageOf({ request, page, pageSize: page_size, count, results }) };
  },
});

const getProduct = operation({
  id: "getProduct",
  method: "GET",
  path: "/products/{id}/",
  tag,
  summary: "One product",
  scope: "read",
  params: oneProduct,
  answers: { 200: productAnswer },
  async handle({ caller, params, t }) {
    const row = await productById(kaspiAccess().db, caller, params.id);
    if (!row) throw new AppError("not_found", "product_not_found");
    return { body: toProductAnswer(row, t, caller.locale) };
  },
});

export const productOperations = [listProducts, getProduct];
