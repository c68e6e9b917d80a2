import type { ListHead, ListOffer, ListPoint, ListPrices } from "./model";

const HEAD = `<?xml version="1.0" encoding="utf-8"?>
<kaspi_catalog date="`;
const NAMESPACES = `" xmlns="kaspiShopping" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="kaspiShopping http://kaspi.kz/kaspishopping.xsd">
`;

const marks: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** XML 1.0 knows no other characters, and no halves of a pair: a name with one would spoil the whole file. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export const withoutForbidden = (text: string): string => text.replace(forbidden, "");

/** A text as XML holds it, in an element or an attribute. */
export const escapeXml = (text: string): string =>
  withoutForbidden(text).replace(/[&<>"\t\n\r]/g, (mark) => marks[mark] ?? "");

/** What stands before the offers (protocol D1). */
export const xmlHead = ({ date, company, merchantId }: ListHead): string =>
  `${HEAD}${escapeXml(date)}${NAMESPACES}  <company>${escapeXml(company)}</company>
  <merchantid>${escapeXml(merchantId)}</merchantid>
  <offers>
`;

export const XML_FOOT = "  </offers>\n</kaspi_catalog>\n";

/**
 * An offer in Kaspi's order (protocol D1): model, brand, availabilities, then a price or the prices by
 * city; in another order Kaspi refuses the whole file.
 */
export function xmlOffer({ sku, model, brand, points, prices }: ListOffer): string {
  return `    <offer sku="${escapeXml(sku)}">
      <model>${escapeXml(model)}</model>
${brand === null ? "" : `      <brand>${escapeXml(brand)}</brand>\n`}      <availabilities>
${points.map(xmlPoint).join("")}      </availabilities>
${xmlPrices(prices)}    </offer>
`;
}

function xmlPoint({ id, available, leadDays, count }: ListPoint): string {
  const days = leadDays === null ? "" : ` preOrder="${leadDays}"`;
  const stock = count === null ? "" : ` stockCount="${count}"`;
  return `        <availability available="${available ? "yes" : "no"}" storeId="${escapeXml(id)}"${days}${stock}/>
`;
}

function xmlPrices(prices: ListPrices): string {
  if (prices.kind === "common") return `      <price>${prices.price}</price>\n`;
  const lines = prices.prices.map(
    ({ cityId, price }) =>
      `        <cityprice cityId="${escapeXml(cityId)}">${price}</cityprice>\n`,
  );
  return `      <cityprices>\n${lines.join("")}      </cityprices>\n`;
}
