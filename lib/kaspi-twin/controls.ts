import type { z } from "zod";
import { type Control, call, type Method } from "@/lib/kaspi-twin/control";
import { feedControls } from "@/lib/kaspi-twin/feed-controls";
import { marketControls } from "@/lib/kaspi-twin/market-controls";
import { offerControls } from "@/lib/kaspi-twin/offer-controls";
import { orderControls } from "@/lib/kaspi-twin/order-controls";
import { reviewControls } from "@/lib/kaspi-twin/review-controls";
import { sessionControls } from "@/lib/kaspi-twin/session-controls";
import { watchControls } from "@/lib/kaspi-twin/watch-controls";
import type { World } from "@/lib/kaspi-twin/world";

export const controls = {
  ...watchControls,
  ...offerControls,
  ...marketControls,
  ...reviewControls,
  ...sessionControls,
  ...feedControls,
  ...orderControls,
};

export type ControlName = keyof typeof controls;

/** Every control as a method. */
export type Controls = { [Name in ControlName]: Method<(typeof controls)[Name]> };

export function findControl(name: string): Control<z.ZodType, unknown> | null {
  return Object.hasOwn(controls, name)
    ? (controls[name as ControlName] as Control<z.ZodType, unknown>)
    : null;
}

export function bindControls(world: World): Controls {
  const methods = Object.entries(controls).map(([name, one]) => [
    name,
    (given?: unknown) => call(world, one as Control<z.ZodType, unknown>, given),
  ]);
  return Object.fromEntries(methods) as Controls;
}
