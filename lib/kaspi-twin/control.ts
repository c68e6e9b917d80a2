import type { z } from "zod";
import type { World } from "@/lib/kaspi-twin/world";

/** One thing a test or an operator may do to the twin: over HTTP, or directly on `Twin`. */
export type Control<S extends z.ZodType, R> = {
  about: string;
  argument: S;
  run(world: World, argument: z.output<S>): R;
};

export function control<S extends z.ZodType, R>(
  about: string,
  argument: S,
  run: (world: World, argument: z.output<S>) => R,
): Control<S, R> {
  return { about, argument, run };
}

/** An argument may be left out where its schema says so. */
type Arguments<S extends z.ZodType> =
  undefined extends z.input<S> ? [argument?: z.input<S>] : [argument: z.input<S>];

export type Method<C> = C extends Control<infer S, infer R> ? (...given: Arguments<S>) => R : never;

/** Checks the argument, lets due writes happen first, and marks the twin as changed. */
export function call<S extends z.ZodType, R>(
  world: World,
  { argument, run }: Control<S, R>,
  given: unknown,
): R {
  const checked = argument.parse(given);
  world.settle();
  const result = run(world, checked);
  world.settle();
  world.changed();
  return result;
}
