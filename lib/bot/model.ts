import { z } from "zod";
import { locales } from "@/lib/i18n/locales";

const id = z.string();
const page = z.number().int().positive();

/** Which tasks a list of them shows. */
const taskView = z.union([
  z.object({ view: z.enum(["mine", "today", "overdue"]) }),
  z.object({ view: z.enum(["list", "done"]), list: id }),
]);
export type TaskView = z.infer<typeof taskView>;

/** What is asked to be typed; only names are. */
const wanted = z.discriminatedUnion("what", [
  z.object({ what: z.literal("task"), list: id }),
  z.object({ what: z.literal("title"), task: id }),
  z.object({ what: z.literal("list") }),
  z.object({ what: z.literal("name"), list: id }),
]);
export type Wanted = z.infer<typeof wanted>;

/** What the bot's one message shows. Days are `2026-11-21`, months `2026-11`, hours 0 to 23: of the person's zone. */
const screen = z.discriminatedUnion("name", [
  z.object({ name: z.literal("home") }),
  z.object({ name: z.literal("lists"), page }),
  z.object({ name: z.literal("tasks"), of: taskView, page }),
  z.object({ name: z.literal("choose-list"), page }),
  z.object({ name: z.literal("list"), list: id }),
  z.object({ name: z.literal("task"), task: id }),
  z.object({ name: z.literal("assign"), task: id, page }),
  z.object({ name: z.literal("due"), task: id }),
  z.object({ name: z.literal("month"), task: id, month: z.string() }),
  z.object({ name: z.literal("hour"), task: id, day: z.string() }),
  z.object({ name: z.literal("minute"), task: id, day: z.string(), hour: z.number() }),
  z.object({ name: z.literal("delete-task"), task: id }),
  z.object({ name: z.literal("delete-list"), list: id }),
  z.object({ name: z.literal("ask"), wanted }),
  z.object({ name: z.literal("settings") }),
]);
export type Screen = z.infer<typeof screen>;

/** What a button does in the office. */
const act = z.discriminatedUnion("act", [
  z.object({ act: z.enum(["complete", "reopen", "delete"]), task: id }),
  z.object({ act: z.literal("assign"), task: id, user: id, isTheirs: z.boolean() }),
  z.object({ act: z.literal("due"), task: id, at: z.string().nullable() }),
  z.object({ act: z.literal("delete-list"), list: id }),
  z.object({ act: z.literal("language"), locale: z.enum(locales) }),
  z.object({ act: z.literal("mute"), muted: z.boolean() }),
]);
export type Act = z.infer<typeof act>;

/**
 * Where a button leads: `open` a screen above this one, `turn` to one in its place, `back` by so many; after an
 * act that the office has carried out.
 */
const target = z.object({
  do: act.optional(),
  open: screen.optional(),
  turn: screen.optional(),
  back: z.number().int().optional(),
});
export type Target = z.infer<typeof target>;

export type Button = { text: string; to: Target };

/** A screen as it is shown. */
export type Drawn = { text: string; rows: Button[][] };

/**
 * Where a person is in their talk with the bot. Buttons carry the number of the drawing and their place on it:
 * one of an earlier drawing is known to be stale, whatever it was.
 */
const dialog = z.object({
  /** With which bot: another has messages and counts updates of its own. */
  bot: z.number().nullable(),
  /** The message that is the screen; null: there is none yet. */
  messageId: z.number().nullable(),
  /** The number of its drawing: of the update that it answers. */
  drawing: z.number(),
  /** The screens from the first to the one that is shown. */
  trail: z.array(screen),
  /** Where the buttons of that drawing lead, in their order. */
  targets: z.array(target),
});
export type Dialog = z.infer<typeof dialog>;

export const noDialog: Dialog = { bot: null, messageId: null, drawing: 0, trail: [], targets: [] };

/** The dialog that was kept; a new one where there is none, or one that an earlier version wrote otherwise. */
export function readDialog(state: unknown): Dialog {
  const read = dialog.safeParse(state);
  return read.success ? read.data : noDialog;
}
