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
    async sleep(milliseconds: number): Promise<void> {
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          rouse = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      woken = false;
    },
  };
}
