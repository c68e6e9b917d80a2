import { test } from "vitest";
import { type FaultCase, survive } from "../support/every-fault";

const cases: FaultCase[] = [
  ["cabinet_refuses_address", { at: ["process", "process_batch"] }],
  ["answer_lost", { at: ["process", "process_batch"] }],
  ["server_error", { at: ["process", "process_batch"] }],
  ["half_answer", { at: ["process", "process_batch"] }],
  ["writes_throttled", {}],
  ["write_lost", {}],
  ["write_delay", { ms: 120_000 }],
  ["tls_alert", { at: ["process", "process_batch"] }],
  ["junk", { at: ["process", "process_batch"] }],
];

test.each(cases)(
  "%s %j: no wrong price, nothing relisted, delisted or lost, and it goes on by itself",
  (...fault) => survive(fault),
);
