import { expect, test } from "vitest";
import {
  lastPriceList,
  priceListStatus,
  protocolRows,
  uploadPriceList,
} from "@/lib/kaspi/price-list-file";
import { failure } from "./failures";
import { fixture } from "./fixtures";
import { type Answer, cabinetAnswering } from "./stub-server";

const merchantUid = "30067228";
const xml = fixture("price-list_official-sample.xml");

async function sent(answer: Answer) {
  const { cabinet, seen } = await cabinetAnswering(answer);
  return { outcome: uploadPriceList(cabinet, { merchantUid, xml }), seen };
}

test("a file leaves as a form with one part, its text untouched", async () => {
  const { outcome, seen } = await sent({ body: fixture("pricefeed-upload-file.response.json") });
  expect(await outcome).toEqual({ kind: "taken", fileId: "669cafe7888c8d09000fe59b" });
  const [request] = seen;
  expect(request).toMatchObject({
    method: "POST",
    url: `/pricefeed/upload/merchant/upload?merchantUid=${merchantUid}`,
  });
  const type = String(request?.headers["content-type"]);
  const form = await new Response(request?.body, { headers: { "content-type": type } }).formData();
  const file = form.get("file");
  if (!(file instanceof File)) throw new Error("no file");
  expect([...form.keys()]).toEqual(["file"]);
  expect(file.type).toBe("text/xml");
  expect(await file.text()).toBe(xml);
});

test.each([200, 400, 409, 500])("an unfinished file before it is told, with %s", async (status) => {
  const body = fixture("pricefeed-upload-file_unfinished.response.txt");
  const { outcome } = await sent({ status, body, headers: { "content-type": "text/plain" } });
  expect(await outcome).toEqual({ kind: "unfinished" });
});

test("an answer without an id is taken all the same", async () => {
  expect(await (await sent({ body: "{}" })).outcome).toEqual({ kind: "taken", fileId: null });
});

test.each<[string, Answer, object]>([
  ["429", { status: 429 }, { kind: "kaspi_throttled", retryAfterMs: 30 * 60_000 }],
  ["401", { status: 401 }, { kind: "kaspi_session_expired" }],
  ["400", { status: 400, body: "{}" }, { kind: "kaspi_rejected" }],
  ["nonsense", { body: "what" }, { kind: "kaspi_malformed" }],
])("%s is a failure of its kind", async (_, answer, expected) => {
  expect(await failure((await sent(answer)).outcome)).toMatchObject(expected);
});

test("the status is Kaspi's own word", async () => {
  const { cabinet, seen } = await cabinetAnswering({
    body: fixture("pricefeed-protocol-file_status.response.json"),
  });
  const fileId = "669cafe7888c8d09000fe59b";
  expect(await priceListStatus(cabinet, { merchantUid, fileId })).toBe("FLUSHED");
  expect(seen[0]?.url).toBe(`/pricefeed/protocol/merchant/file/${fileId}?m=${merchantUid}`);
});

test("the last file has an id", async () => {
  const { cabinet } = await cabinetAnswering({
    body: fixture("pricefeed-files-last.response.json"),
  });
  expect(await lastPriceList(cabinet, merchantUid)).toBe("669cafe7888c8d09000fe59b");
});

test("rows of the protocol keep what else they say", async () => {
  const { cabinet, seen } = await cabinetAnswering({
    body: '[{"sku":"108842165_364257326"},{"sku":7,"error":"x"}]',
  });
  const skuList = ["108842165_364257326", "7"];
  expect(await protocolRows(cabinet, { merchantUid, skuList })).toEqual([
    { sku: "108842165_364257326", said: {} },
    { sku: "7", said: { error: "x" } },
  ]);
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ merchantUid, skuList });
});
