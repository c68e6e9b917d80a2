import { z } from "zod";
import { HIGHEST_PRICE } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import { kaspiAccess } from "@/lib/exits/access";
import { addProduct } from "@/lib/products/add-product";
import { removeProduct } from "@/lib/repricing/by-hand/remove-product";
import { listOf, listQuery, pageJson, requirePage } from "../list-answer";
import { type Asked, operation } from "../operation";
import { changeProduct } from "../products/change-product";
import { productAnswer, productJson, readProduct } from "../products/product-answer";
import { newProduct, productChanges } from "../products/product-fields";
import { countProducts, orderings, productPage } from "../products/product-queries";
import { readableUser } from "../readable-user";
import { idField, searchField, yesNo } from "../request-fields";

const price = z.coerce
  .number({ error: "not_a_whole_number" })
  .int()
  .min(0)
  .max(HIGHEST_PRICE)
  .optional();
const word = (most: number) => z.string().overwrite(storable).trim().min(1).max(most).optional();
const tag = "products";
const one = { path: "/products/{id}/", tag, params: z.object({ id: z.uuid() }) };

const listProducts = operation({
  id: "listProducts",
  method: "GET",
  path: "/products/",
  tag,
  summary: "Products of the stores one sees",
  scope: "read",
  query: z.strictObject({
    ...listQuery(orderings),
    store_id: idField.optional(),
    user_id: idField.optional(),
    search: searchField
      .optional()
      .describe("Part of the name or of the article, or the number of the card"),
    bot_active: yesNo.optional(),
    category: word(200),
    min_price: price.describe("Of the price that is shown, ₸"),
    max_price: price.describe("Of the price that is shown, ₸"),
  }),
  answers: { 200: listOf(productAnswer) },
  async handle({ caller, query, request, t }) {
    const { db, clock } = kaspiAccess();
    const { page, page_size, ordering = "name", ...choice } = query;
    readableUser(caller, choice.user_id);
    const count = await countProducts(db, caller, choice, clock());
    requirePage(count, query);
    const found = await productPage(db, caller, choice, { page, page_size, ordering });
    const results = found.map((row) => productJson(row, t, caller.locale));
    return { json: pageJson({ request, page, pageSize: page_size, count, results }) };
  },
});

const getProduct = operation({
  ...one,
  id: "getProduct",
  method: "GET",
  summary: "One product",
  scope: "read",
  answers: { 200: productAnswer },
  handle: async ({ caller, params, t }) => ({ json: await readProduct(caller, params.id, t) }),
});

const createProduct = operation({
  id: "createProduct",
  method: "POST",
  path: "/products/",
  tag,
  summary: "Makes a product known before a sync has met it; until then no price of it is sent",
  scope: "write",
  body: newProduct,
  answers: { 201: productAnswer },
  async handle({ caller, body, t }) {
    const { db, clock } = kaspiAccess();
    const { store_id, kaspi_sku, external_kaspi_id, name, brand, category, image_url } = body;
    const card = { sku: kaspi_sku, cardId: external_kaspi_id, name, brand, category };
    const product = { storeId: store_id, ...card, imageUrl: image_url };
    const id = await db.transaction(async (tx) => {
      const made = await addProduct(tx, caller, product, clock());
      await changeProduct(tx, caller, made, body, clock());
      return made;
    });
    const headers = { location: `/api/v1/products/${id}/` };
    return { status: 201, json: await readProduct(caller, id, t), headers };
  },
});

type Change = Asked<typeof one.params, undefined, typeof productChanges>;

async function change({ caller, params, body, t }: Change) {
  const { db, clock } = kaspiAccess();
  await changeProduct(db, caller, params.id, body, clock());
  return { json: await readProduct(caller, params.id, t) };
}

const changing = {
  ...one,
  scope: "write",
  body: productChanges,
  answers: { 200: productAnswer },
  handle: change,
} as const;

const patchProduct = operation({
  ...changing,
  id: "changeProduct",
  method: "PATCH",
  summary: "Sets what is named, all of it or nothing; null clears",
});

const putProduct = operation({
  ...changing,
  id: "putProduct",
  method: "PUT",
  summary: "The same as PATCH: what is absent stays",
});

const deleteProduct = operation({
  ...one,
  id: "deleteProduct",
  method: "DELETE",
  summary: "Takes a product out of the office; one that Kaspi lists is back after the next sync",
  scope: "write",
  answers: { 204: null },
  async handle({ caller, params }) {
    const { db, clock } = kaspiAccess();
    await removeProduct(db, caller, params.id, clock());
    return { status: 204 };
  },
});

export const productOperations = [
  listProducts,
  createProduct,
  getProduct,
  putProduct,
  patchProduct,
  deleteProduct,
];
