import { z } from "zod";
import { control } from "@/lib/kaspi-twin/control";
import { endpoints } from "@/lib/kaspi-twin/endpoints";
import { type FaultSettings, faultNames, faults } from "@/lib/kaspi-twin/faults";

const nothing = z.object({}).default({});
const faultName = z.enum(faultNames);
const count = z.int().min(0).optional();

const settings = z.object({
  name: faultName,
  at: z.array(z.enum(endpoints)).optional(),
  times: count,
  after: count,
  page: count,
  sku: z.string().optional(),
  merchantUid: z.string().optional(),
  cityId: z.string().optional(),
  ms: count,
  status: count,
  by: z.int().optional(),
});

export const watchControls = {
  now: control("the twin's clock, milliseconds", nothing, (world) => ({ now: world.clock.now() })),
  advance: control(
    "moves the twin's clock forward",
    z.object({ ms: z.int().min(0) }),
    (world, { ms }) => {
      world.clock.advance(ms);
      return { now: world.clock.now() };
    },
  ),
  faults: control("every fault there is, and those switched on", nothing, (world) => ({
    known: faults,
    on: world.faults.list(),
  })),
  setFault: control("switches a fault on", settings, (world, { name, ...given }) => {
    const kept = Object.entries(given).filter(([, value]) => value !== undefined);
    world.faults.set(name, Object.fromEntries(kept) as FaultSettings);
  }),
  clearFaults: control(
    "switches one fault off, or all",
    z.object({ name: faultName.optional() }).default({}),
    (world, { name }) => world.faults.clear(name),
  ),
  writes: control(
    "the writes received, oldest first, and what became of each",
    z.object({ merchantUid: z.string().optional(), sku: z.string().optional() }).default({}),
    (world, { merchantUid, sku }) =>
      world.writes
        .log()
        .filter((one) => merchantUid === undefined || one.merchantUid === merchantUid)
        .filter((one) => sku === undefined || one.sku === sku),
  ),
  priceLists: control(
    "the price lists received, oldest first, and what became of each",
    z.object({ merchantUid: z.string().optional() }).default({}),
    (world, { merchantUid }) =>
      world.priceLists
        .log()
        .filter((one) => merchantUid === undefined || one.merchantUid === merchantUid),
  ),
  forgetWrites: control("empties the log of finished writes", nothing, (world) =>
    world.writes.forget(),
  ),
  requests: control("how often each endpoint was called, and its answers", nothing, (world) =>
    world.counters.all(),
  ),
  visitors: control("who asked how often: endpoint, address, browser", nothing, (world) =>
    world.counters.visitors(),
  ),
  asked: control(
    "which of the latest calls had this text in their address or body",
    z.object({ text: z.string().min(1) }),
    (world, { text }) => world.counters.about(text),
  ),
  forgetRequests: control("sets the counters to zero", nothing, (world) => world.counters.forget()),
  forgiveLimits: control("lifts all bans and forgets all rates", nothing, (world) => {
    for (const limit of [
      world.writeLimit,
      world.changeLimit,
      world.offersLimit,
      world.loginLimit,
    ]) {
      limit.forget();
    }
  }),
};
