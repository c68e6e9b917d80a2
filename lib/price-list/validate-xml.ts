import { Findings, fileFinding, offerFinding } from "./finding-rules";
import type { ListOffer } from "./model";
import { judgeOffer, type ListContext } from "./offer-rules";
import { type RawHead, readPriceListXml } from "./read-xml";

export type ValidatedList = {
  head: RawHead;
  /** All there are, understood or not. */
  rows: number;
  findings: Findings;
};

/**
 * Everything that Kaspi asks of a price list as a file (protocol D1), asked of the very bytes that would
 * leave. `onOffer` gets each offer that can be understood, with its row from 1.
 */
export async function validateXml(
  xml: Uint8Array,
  context: ListContext,
  onOffer: (offer: ListOffer, row: number) => void = () => {},
): Promise<ValidatedList> {
  const findings = new Findings();
  const articles = new Set<string>();
  let rows = 0;
  const { head, faults } = await readPriceListXml(xml, (raw) => {
    rows += 1;
    const judged = judgeOffer(raw, context);
    findings.add(...judged.findings);
    if (articles.has(raw.sku)) findings.add(offerFinding(raw, "sku_twice", raw.sku));
    articles.add(raw.sku);
    if (judged.offer) onOffer(judged.offer, raw.row);
  });
  findings.add(...faults);
  const { merchantId } = context;
  if (merchantId !== null && head.merchantId !== "" && head.merchantId !== merchantId)
    findings.add(fileFinding("other_merchant", head.merchantId));
  return { head, rows, findings };
}
