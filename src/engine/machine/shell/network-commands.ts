/**
 * The utilities that need a network, by name; and ping. They ask {@link ShellHost.network}, and take as long as the answer does. Follows
 * BusyBox 1.36.
 */
import { curl } from './curl';
import { dig, getent, host } from './dns-commands';
import { type Command, fail, say } from './host';
import { netcat } from './netcat';
import { after, NO_NETWORK, type Options, optionsOf, RESOLVER_GIVES_UP_MS, withinMs } from './network-options';
import { nslookup } from './nslookup';
import { wget } from './wget';

const ping: Command = (args, io) => {
  const { plain, values }: Options = optionsOf(args, 'cWwist');
  const [target = ''] = plain;
  const { network = NO_NETWORK } = io.host;
  const found = network.lookUp(target);
  if (found.kind === 'silent')
    return after(RESOLVER_GIVES_UP_MS, { errors: `ping: bad address '${target}'\n`, status: 1 });
  if (found.kind !== 'found') return fail(io, `ping: bad address '${target}'`);
  const [address = ''] = found.addresses;
  const count = Number(values.get('c') ?? Number.NaN);
  say(io, `PING ${target} (${address}): 56 data bytes`);
  if (!Number.isInteger(count)) return 'forever';
  const echoes = network.echoes(address);
  const lines = echoes
    ? Array.from({ length: count }, (_, index) => `64 bytes from ${address}: seq=${index} ttl=62 time=0.100 ms\n`)
    : [];
  const received = lines.length;
  const lost = count === 0 ? 0 : Math.round(((count - received) / count) * 100);
  const sums = `\n--- ${target} ping statistics ---\n${count} packets transmitted, ${received} packets received, ${lost}% packet loss\n`;
  const times = echoes ? 'round-trip min/avg/max = 0.100/0.100/0.100 ms\n' : '';
  const waitMs = (count - 1) * 1000 + (echoes ? 0 : withinMs(values.get('W'), 10_000));
  return after(Math.max(0, waitMs), { output: `${lines.join('')}${sums}${times}`, status: echoes ? 0 : 1 });
};

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
