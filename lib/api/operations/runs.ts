import { z } from "zod";
import { kaspiAccess } from "@/lib/exits/access";
import { exitStats } from "@/lib/exits/exit-stats";
import { preordersOfRun } from "@/lib/preorders/queries";
import { runAnswer } from "@/lib/runs/run-answer";
import { operation } from "../operation";
import { pushedAnswer, toPushedAnswer } from "../preorders/preorder-answer";

const moment = z.iso.datetime();

export const runAnswerSchema = z
  .object({
    id: z.uuid(),
    kind: z.string().describe("What is done: `sync`, `bulk`, the name of a job"),
    status: z.enum(["queued", "running", "finished", "failed", "cancelled"]),
    done: z.int().min(0),
    total: z.int().min(0).nullable().describe("null: not known yet"),
    started_at: moment.nullable(),
    finished_at: moment.nullable(),
    error: z.string().optional().describe("Only when it failed, in the caller's language"),
    results: z
      .array(pushedAnswer)
      .optional()
      .describe("Of preorders that were sent: what became of each"),
  })
  .meta({ id: "Run" });

const exitSchema = z.object({
  id: z.uuid(),
  name: z.string().nullable().describe("null: this machine, without a proxy"),
  kind: z.string(),
  state: z.enum(["off", "dead", "resting", "working"]),
  requests: z.int().min(0),
  failures: z.int().min(0),
  p50_ms: z.number().nullable(),
  p95_ms: z.number().nullable(),
  reads_per_second: z.number(),
  resting_until: moment.nullable(),
});

export const runOperations = [
  operation({
    id: "getRun",
    method: "GET",
    path: "/runs/{id}/",
    tag: "runs",
    summary: "Progress of any long work, by the id that was handed out when it began",
    scope: "read",
    params: z.object({ id: z.string() }),
    answers: { 200: runAnswerSchema },
    async handle({ caller, params, t }) {
      const { db } = kaspiAccess();
      const run = await runAnswer(db, caller, params.id, t);
      if (run.kind !== "preorders") return { body: run };
      const found = await preordersOfRun(db, caller, run.id);
      return { body: { ...run, results: found.map((row) => toPushedAnswer(row, t)) } };
    },
  }),
  operation({
    id: "proxyStats",
    method: "GET",
    path: "/proxies/stats/",
    tag: "analytics",
    summary: "What went through the addresses we read from in the last 24 hours",
    scope: "read",
    answers: {
      200: z.object({
        total_requests: z.int().min(0),
        pool_size: z.int().min(0),
        resting: z.int().min(0),
        dead: z.int().min(0),
        usage: z.array(exitSchema),
      }),
    },
    handle: async ({ caller }) => ({ body: await exitStats(kaspiAccess(), caller) }),
  }),
];
