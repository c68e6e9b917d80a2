import { test } from "vitest";
import { type FaultCase, survive } from "../support/every-fault";

const cases: FaultCase[] = [
  ["session_401", { times: 3 }],
  ["session_403", { times: 3 }],
  ["session_302", { times: 3 }],
  ["session_login_page", { times: 3 }],
  ["session_401", {}],
  ["cabinet_refuses_address", {}],
  ["login_flood", { expires: true }],
  ["id_refuses_address", { expires: true }],
  ["list_fails", {}],
  ["list_fails", { page: 1 }],
  ["list_repeats_page", {}],
  ["list_wrong_total", { by: 40 }],
  ["list_wrong_total", { by: -40 }],
  ["list_bad_row", {}],
  ["list_finds_nothing", {}],
  ["slow", { ms: 50 }],
  ["server_error", {}],
  ["connection_reset", {}],
  ["half_answer", {}],
  ["garbled_json", {}],
  ["tls_alert", {}],
  ["junk", {}],
  ["gzip_bomb", {}],
  ["wrong_types", {}],
  ["wrong_types", { by: 3 }],
  ["list_twice", {}],
  ["clock_skew", {}],
  ["storefront_405", {}],
  ["storefront_429", { ms: 10 }],
  ["storefront_html", {}],
];

test.each(cases)(
  "%s %j: no wrong price, nothing relisted, delisted or lost, and it goes on by itself",
  (...fault) => survive(fault),
);
