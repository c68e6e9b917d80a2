import { type SQL, sql } from "drizzle-orm";
import { orderEntries } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import type { OrderFilter } from "./address";
import { cancelledStatuses, LONGEST_NAME, returnedStatuses, UNSTATED } from "./outcome-model";

type Behind = Pick<OrderFilter, "outcome" | "payment" | "delivery" | "category" | "line">;

const listed = (words: readonly string[]) => sql`${sql.param([...words])}::text[]`;
const outcomes = {
  sold: () => sql`not o.status = any(${listed([...cancelledStatuses, ...returnedStatuses])})`,
  cancelled: () => sql`o.status = any(${listed(cancelledStatuses)})`,
  returned: () => sql`o.status = any(${listed(returnedStatuses)})`,
} as const;

/** The same as `deliveryOf` says of an order in hand. */
const deliveryKind = sql`case when o.express then 'express'
  when o.is_kaspi_delivery then
    case when o.delivery_mode = 'DELIVERY_PICKUP' then 'postomat' else 'kaspi' end
  when o.delivery_mode is null or o.is_kaspi_delivery is null then null
  when o.delivery_mode = 'DELIVERY_PICKUP' then 'pickup' else 'own' end`;

/** That a column says just that word; `UNSTATED`: that it says nothing. No word asks nothing. */
export const isSaid = (what: SQL, word: string | undefined) => {
  if (word === undefined) return undefined;
  return word === UNSTATED ? sql`${what} is null` : sql`${what} = ${word}`;
};

/** Of the order `o`: that it is one of those a part of the sales is made of. */
export const behind = ({ outcome, payment, delivery, category, line }: Behind) => [
  outcome && outcomes[outcome](),
  isSaid(sql`o.payment_mode`, payment),
  isSaid(deliveryKind, delivery),
  category === undefined ? undefined : hasLine(ofCategory(category)),
  line === undefined ? undefined : hasLine(ofKey(line)),
];

const hasLine = (meant: SQL) => sql`exists (select from ${orderEntries} line
  left join ${products} p on p.id = line.product_id where line.order_id = o.id and ${meant})`;

const ofCategory = (category: string) => {
  const said = sql`coalesce(line.category_code, p.category, line.category_title)`;
  return category === UNSTATED ? sql`${said} is null` : sql`${said} = ${category}`;
};

/** By what `lineKey` makes of a line. */
function ofKey(key: string): SQL {
  const [, kind = "", rest = ""] = /^(\w+) (.*)$/s.exec(key) ?? [];
  if (kind === "product") return sql`line.product_id::text = ${rest}`;
  if (kind === "article") return sql`line.product_id is null and line.sku = ${rest}`;
  return sql`line.product_id is null and line.sku is null and left(line.name, ${LONGEST_NAME}::int) = ${rest}`;
}
