/** How long the hand must be still before anything under it may change. */
const STILL_MS = 2_500;

const editing =
  "main :is(input:not([inputmode=search], [type=radio], [type=checkbox]), textarea, select):focus, [role=alertdialog], [role=menu], main [aria-busy=true]";

const moves = ["pointermove", "pointerdown", "keydown", "wheel", "touchmove"] as const;

/**
 * Whether somebody looks at the page, edits nothing and moves nothing. What stands open above it counts as edited,
 * unless it is `withPanel`: one that keeps what is typed in it.
 */
export function watchHands({ withPanel = false } = {}): { isStill(): boolean; stop(): void } {
  let touchedAt = 0;
  const touch = () => {
    touchedAt = Date.now();
  };
  for (const move of moves) addEventListener(move, touch, { passive: true });
  return {
    isStill: () =>
      !document.hidden &&
      Date.now() - touchedAt > STILL_MS &&
      document.querySelector(withPanel ? editing : `${editing}, [role=dialog]`) === null,
    stop() {
      for (const move of moves) removeEventListener(move, touch);
    },
  };
}
