/**
 * The utilities that need a network, by name. They ask {@link ShellHost.network}, and take as long as the answer does. Follows
 * BusyBox 1.36.
 */
import { curl } from './curl';
import { dig, getent, host } from './dns-commands';
import type { Command } from './host';
import { netcat } from './netcat';
import { nslookup } from './nslookup';
import { ping } from './ping';
import { wget } from './wget';

/** The utilities by name. */
export const NETWORK_COMMANDS: readonly (readonly [string, Command])[] = [
  ['nslookup', nslookup],
  ['getent', getent],
  ['dig', dig],
  ['host', host],
  ['wget', wget],
  ['curl', curl],
  ['nc', netcat],
  ['ncat', netcat],
  ['telnet', netcat],
  ['ping', ping],
];
