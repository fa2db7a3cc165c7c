/** Starts a session with every command there is: for all who need not wait for the commands to be loaded. */
import type { ReadDocumentation } from '../kubectl/explain/documentation';
import { findCommand } from '../kubectl/registry';
import { createUserComponent } from '../kubectl/user';
import type { Problem } from '../scenario/scenario';
import { openSession, type SessionOptions } from './open-session';
import type { Session } from './session';

/** Reads a text and starts it. */
export function createSession(
  text: string,
  options: SessionOptions = {},
  documentation?: ReadDocumentation,
): { session?: Session; problems: readonly Problem[] } {
  const user = createUserComponent(() => findCommand, documentation);
  return openSession(text, user, options);
}
