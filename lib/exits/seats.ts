import { AppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";
import type { HostName } from "@/lib/kaspi/hosts";
import type { KaspiAccess } from "./access";
import { kept } from "./kept";

/** Calls of one process that may be under way through one exit at each of Kaspi's hosts. */
export const seatsAt: Record<HostName, number> = { cabinet: 16, id: 4, storefront: 32 };

/** Who waits longer for a seat is sent away: a Kaspi that hangs must not gather everybody. */
const LONGEST_WAIT_MS = 15 * SECOND;
/** A price that may leave leaves at once or not at all: meanwhile a person may have stopped everything. */
const LONGEST_WRITE_WAIT_MS = SECOND;

type Seat = { host: HostName; exitId: string; isWrite?: boolean };
type Waiting = { sit(): void };
type Room = { taken: number; queue: Set<Waiting> };

const roomsOf = kept("seats", () => new Map<string, Room>());

/** Runs `call` when one of the seats is free. Throws kaspi_unreachable (`too_many_calls`). */
export async function seated<T>(
  access: KaspiAccess,
  { host, exitId, isWrite = false }: Seat,
  signal: AbortSignal | undefined,
  call: () => Promise<T>,
): Promise<T> {
  const room = roomOf(access, `${host}:${exitId}`);
  if (room.taken >= seatsAt[host]) {
    await turn(room, isWrite ? LONGEST_WRITE_WAIT_MS : LONGEST_WAIT_MS, signal);
  } else room.taken += 1;
  try {
    return await call();
  } finally {
    const [next] = room.queue;
    // The seat goes from hand to hand, or a newcomer would take it first.
    if (next) next.sit();
    else room.taken -= 1;
  }
}

function turn(room: Room, waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const leave = () => {
      clearTimeout(late);
      signal?.removeEventListener("abort", stop);
      room.queue.delete(waiting);
    };
    const waiting = {
      sit() {
        leave();
        resolve();
      },
    };
    const stop = () => {
      leave();
      reject(signal?.reason);
    };
    const late = setTimeout(() => {
      leave();
      reject(
        new AppError("kaspi_unreachable", "too_many_calls", { retryAfterMs: LONGEST_WAIT_MS }),
      );
    }, waitMs);
    signal?.addEventListener("abort", stop, { once: true });
    room.queue.add(waiting);
  });
}

function roomOf(access: KaspiAccess, name: string): Room {
  const rooms = roomsOf(access);
  const room = rooms.get(name) ?? { taken: 0, queue: new Set() };
  rooms.set(name, room);
  return room;
}
