/** When a volume that could not be mounted is tried again. Follows pkg/volume/util/operationexecutor: from 500 ms on, doubled. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 122_000;
/** A volume of blocks is tried again with each turn, as often as Events are written of it. Thereafter a slower look shows nothing else. */
const TURN_MS = 100;
const TURNS = 25;
const LATER_TURN_MS = 10_000;

/** When a mount that has failed so many times is tried again. */
export function retryDelay(failures: number, isMapped = false): number {
  if (isMapped) return failures < TURNS ? TURN_MS : LATER_TURN_MS;
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 8));
}
