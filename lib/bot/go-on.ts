import { translator } from "@/lib/i18n/translator";
import type { OfficeUser } from "./answers-model";
import type { Bot } from "./bot";
import { carryOut, takeName } from "./carry-out";
import { draw } from "./draw";
import type { Heard } from "./heard";
import type { Dialog, Drawn, Screen, Target } from "./model";
import { noDialog, readDialog } from "./model";
import { OfficeRefusal } from "./office-call";
import { readPress } from "./press-rules";
import { leave, show, wordsOf } from "./show-screen";
import type { Sight } from "./sight";
import { trailAfter } from "./trail-rules";

/** Where an update leads, and what is said of it for a moment. */
type Step = {
  trail: Screen[];
  /** Over the chat, to whoever has pressed. */
  said?: string;
  /** Above the screen, to whoever has typed: theirs is a message of its own, below what was typed. */
  told?: string;
};

/**
 * Takes somebody on from where they are: the screen follows the button or the name, in the message it has. Of
 * an update that was answered already nothing comes.
 */
export function goOn(bot: Bot, heard: Heard, user: OfficeUser): Promise<void> {
  return take(bot, heard, user, (here) => stepOf(bot, heard, here));
}

/** Shows a screen in a message of its own, below whatever led to it. */
export function openScreen(
  bot: Bot,
  heard: Heard,
  user: OfficeUser,
  screen: Screen,
): Promise<void> {
  const below = { ...heard, press: null };
  const home: Screen = { name: "home" };
  const trail = screen.name === "home" ? [home] : [home, screen];
  return take(bot, below, user, async () => ({ trail }));
}

async function take(
  bot: Bot,
  { telegramId, updateId, press }: Heard,
  user: OfficeUser,
  stepFrom: (here: Here) => Promise<Step>,
): Promise<void> {
  const kept = await bot.desk.dialog(telegramId);
  const known = readDialog(kept.state);
  const { botId } = bot.telegram;
  if (known.bot === botId && kept.update_id >= updateId) return;
  const dialog = known.bot === botId ? known : noDialog;
  const heard = { telegramId, updateId };
  const step = await stepFrom({ dialog, sight: sightOf(bot, heard, user) });
  // In the language that was chosen a moment ago.
  const now = step.said === undefined ? user : await bot.desk.user(telegramId);
  const { shown, trail } = await drawWhatIsThere(sightOf(bot, heard, now), step.trail);
  // No other drawing has this number, kept or not: what stands in the chat may be newer than what we remember.
  const drawing = updateId;
  const targets = shown.rows.flat().map(({ to }) => to);
  const gone = trail.length < step.trail.length ? translator(now.locale)("bot.gone") : undefined;
  const above = step.told ?? (press ? undefined : gone);
  const words = wordsOf(
    { ...shown, text: [above, shown.text].filter(Boolean).join("\n\n") },
    drawing,
  );
  const [messageId] = await Promise.all([
    press ? show(bot, telegramId, dialog.messageId, words) : bot.telegram.send(telegramId, words),
    press && bot.telegram.answerPress(press.id, step.said || gone),
    !press && leave(bot, telegramId, dialog.messageId, translator(now.locale)("bot.goesOnBelow")),
  ]);
  const state: Dialog = { bot: botId, messageId, drawing, trail, targets };
  const refused = await refusedIn(() =>
    bot.desk.saveDialog(telegramId, { state, update_id: updateId }),
  );
  // Another process has answered the same update, or a later one: it goes on from there.
  if (refused instanceof OfficeRefusal && refused.status !== 409) throw refused;
}

const sightOf = (
  { desk, clock }: Bot,
  { telegramId, updateId }: Pick<Heard, "telegramId" | "updateId">,
  user: OfficeUser,
): Sight => ({
  ...{ user, clock, t: translator(user.locale) },
  office: desk.as(telegramId, `telegram-${updateId}`),
});

type Here = { dialog: Dialog; sight: Sight };

async function stepOf(bot: Bot, heard: Heard, here: Here): Promise<Step> {
  const { dialog, sight } = here;
  if (!heard.press) return typed(heard.said ?? "", here);
  const pressed = readPress(heard.press.data);
  const isFresh = pressed?.drawing === dialog.drawing && heard.press.messageId === dialog.messageId;
  const target = isFresh ? dialog.targets[pressed.place] : undefined;
  // A press that comes twice, or on what is no longer so, shows what is.
  if (!target) return { trail: trailAfter(dialog.trail, {}), said: sight.t("bot.stale") };
  return pressedOn(bot, heard, { ...here, target });
}

async function pressedOn(
  { desk }: Bot,
  { telegramId }: Heard,
  { dialog, sight, target }: Here & { target: Target },
): Promise<Step> {
  const { do: act } = target;
  if (!act) return { trail: trailAfter(dialog.trail, target) };
  const said = await refusedIn(() => carryOut({ ...sight, desk, telegramId }, act));
  if (said instanceof OfficeRefusal)
    return { trail: trailAfter(dialog.trail, {}), said: said.text };
  return { trail: trailAfter(dialog.trail, target), said };
}

/** A name if one is asked for; anything else that is said opens the first screen anew, below it. */
async function typed(said: string, { dialog, sight }: Here): Promise<Step> {
  const asking = dialog.trail.at(-1);
  if (asking?.name !== "ask" || said.startsWith("/")) return { trail: [{ name: "home" }] };
  // A picture, a voice: nothing is written.
  if (said.trim() === "") return { trail: dialog.trail, told: sight.t("bot.onlyText") };
  const next = await refusedIn(() => takeName(sight, asking.wanted, said.trim()));
  // What was typed is not taken: the question stands, and says why.
  if (next instanceof OfficeRefusal) return { trail: dialog.trail, told: next.text };
  return { trail: afterName(dialog.trail, next) };
}

/** The screen that asked is gone; one that is there already is not shown twice. */
function afterName(trail: readonly Screen[], next: Screen): Screen[] {
  const before = trailAfter(trail, { back: 1 });
  const isThere = JSON.stringify(before.at(-1)) === JSON.stringify(next);
  return isThere ? before : trailAfter(before, { open: next });
}

async function refusedIn<T>(work: () => Promise<T>): Promise<T | OfficeRefusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OfficeRefusal && error.status !== 429) return error;
    throw error;
  }
}

/** What was deleted meanwhile, or is not theirs any more, has no screen: the one before it is shown. */
async function drawWhatIsThere(
  sight: Sight,
  trail: readonly Screen[],
): Promise<{ shown: Drawn; trail: Screen[] }> {
  const here = trail.at(-1) ?? { name: "home" };
  const shown = await refusedIn(() => draw(sight, here));
  if (!(shown instanceof OfficeRefusal)) return { shown, trail: [...trail] };
  // The last page may be empty by now.
  if ("page" in here && here.page > 1)
    return drawWhatIsThere(sight, [...trail.slice(0, -1), { ...here, page: 1 }]);
  if (trail.length <= 1) throw shown;
  return drawWhatIsThere(sight, trail.slice(0, -1));
}
