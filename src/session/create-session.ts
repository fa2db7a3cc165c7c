/** Starts a session with every command there is: for all who need not wait for the commands to be loaded. */
import { userComponent } from '../kubectl/user-component';
import type { Problem } from '../scenario/scenario';
import { openSession, type SessionOptions } from './open-session';
import type { Session } from './session';

/** Reads a text and starts it. */
export function createSession(
  text: string,
  options: SessionOptions = {},
): { session?: Session; problems: readonly Problem[] } {
  return openSession(text, userComponent, options);
}
