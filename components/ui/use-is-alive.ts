import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False in the HTML of the server and while the browser takes it over; true from then on. */
export const useIsAlive = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
