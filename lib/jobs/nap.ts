export type Nap = ReturnType<typeof napping>;

/** A sleep that can be cut short; a wake-up that comes too early is not lost. */
export function napping() {
  let woken = false;
  let rouse = () => {};
  return {
    wake() {
      woken = true;
      rouse();
    },
    /** Answers whether it was woken before its time. */
    async sleep(milliseconds: number): Promise<boolean> {
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          rouse = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const early = woken;
      woken = false;
      return early;
    },
  };
}
