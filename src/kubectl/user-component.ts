/** The person, with every command there is: for all who need not wait for the commands to be loaded. */
import { findCommand } from './registry';
import { createUserComponent } from './user';

/** See the header. */
export const userComponent = createUserComponent(() => findCommand);
