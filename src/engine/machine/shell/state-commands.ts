/** Utilities that tell how the machine and its network stand: uptime, ps, top, free, ip, ifconfig, netstat; and expr. Follows BusyBox's output. */
import { parseTimestamp } from '../../api/timestamp';
import { momentFormatter } from '../moment-text';
import { arithmetic } from './arithmetic';
import { compilePattern, payFor } from './grep';
import { type Command, type CommandIo, fail, lettersOf, print, say } from './host';
import { userName } from './list-commands';
import { lastOf } from './paths';

const NO_LOAD = '0.00, 0.00, 0.00';

/** uptime. */
export const uptime: Command = (_args, io) => {
  const seconds = parseTimestamp(io.host.now) / 1000;
  const up = Math.max(0, seconds - parseTimestamp(io.host.madeAt ?? io.host.now) / 1000);
  const text = `${Math.floor(up / 3600)}:${String(Math.floor(up / 60) % 60).padStart(2, '0')}`;
  return print(io, ` ${momentFormatter(seconds)('%T')} up ${text.padStart(5)},  load average: ${NO_LOAD}`);
};

const HEADS = {
  pid: 'PID  ',
  user: 'USER    ',
  time: 'TIME ',
  args: 'COMMAND',
  comm: 'COMMAND         ',
  stat: 'STAT',
};

/** ps, with -o of BusyBox, and top once. */
export const listProcesses: Command = (args, io, name) => {
  const user = userName(io.host.user ?? 0).padEnd(8);
  if (name === 'top') {
    if (!lettersOf(args).includes('b') && !lettersOf(args).includes('n'))
      return fail(io, 'top: no stdin is a terminal');
    say(
      io,
      `Mem: 2691396K used, 5432100K free\nLoad average: ${NO_LOAD.replaceAll(',', '')} 1/${io.processes().length} 1`,
    );
  }
  const option = args.findIndex((one) => one.startsWith('-o'));
  const columns = (option < 0 ? 'pid,user,time,args' : args[option]?.slice(2) || (args[option + 1] ?? '')).split(',');
  const line = (texts: Readonly<Record<string, string>>): string =>
    columns
      .map((one) => texts[one] ?? '')
      .join(' ')
      .trimEnd();
  say(io, line(HEADS));
  const title = [name, ...args].join(' ');
  const seen = io.processes();
  // A shell that has called it has no process for it.
  const isSeen = seen.some((one) => one.title === title);
  const all = isSeen ? seen : [...seen, { pid: Math.max(0, ...seen.map(({ pid }) => pid)) + 1, title }];
  for (const { pid, title: text } of all) {
    const comm = lastOf(text.split(' ', 1)[0] ?? '')
      .slice(0, 15)
      .padEnd(16);
    say(io, line({ pid: String(pid).padStart(5), user, time: ' 0:00', args: text, comm, stat: 'S   ' }));
  }
  return 0;
};

/** ip addr, ip route. */
export const ip: Command = (args, io) => {
  const what = args.find((one) => !one.startsWith('-')) ?? '';
  const { address = '127.0.0.1', gateway = '' } = io.host.network ?? {};
  if ('route'.startsWith(what) && what !== '') {
    if (gateway === '') return 0;
    const block = gateway.replace(/\d+$/, '0/24');
    say(io, `default via ${gateway} dev eth0 `);
    return print(io, `${block} dev eth0 scope link  src ${address} `);
  }
  if (!'address'.startsWith(what) && !'link'.startsWith(what)) return fail(io, `ip: unknown object '${what}'`);
  say(
    io,
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
  );
  if (!what.startsWith('l'))
    say(io, '    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever');
  say(
    io,
    `2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1450 qdisc noqueue \n    link/ether ${hardware(address)} brd ff:ff:ff:ff:ff:ff`,
  );
  if (what.startsWith('l')) return 0;
  return print(
    io,
    `    inet ${address}/24 brd ${address.replace(/\d+$/, '255')} scope global eth0\n       valid_lft forever preferred_lft forever`,
  );
};

const hardware = (address: string): string =>
  ['0a:58', ...address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');

/** ifconfig. */
export const interfaces: Command = (_args, io) => {
  const { address = '127.0.0.1' } = io.host.network ?? {};
  say(
    io,
    `eth0      Link encap:Ethernet  HWaddr ${hardware(address).toUpperCase()}  \n          inet addr:${address}  Bcast:${address.replace(/\d+$/, '255')}  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1450  Metric:1\n`,
  );
  return print(
    io,
    'lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n',
  );
};

/** What waits at a port at the most, where its program says nothing. */
const BACKLOG = '511';

/** netstat -l and ss -l: on which ports of its network somebody listens. */
export const sockets: Command = (args, io, name) => {
  const letters = lettersOf(args);
  const isAll = !/[tu]/.test(letters);
  const open = (io.host.network?.listening() ?? []).filter(
    ({ protocol }) => isAll || letters.includes(protocol.charAt(0)),
  );
  const isShown = /[la]/.test(letters);
  if (name === 'ss') return statistics(io, isShown ? open : [], isAll || /t.*u|u.*t/.test(letters));
  say(
    io,
    'Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       ',
  );
  for (const { protocol, port } of isShown ? open : []) {
    const state = protocol === 'tcp' ? 'LISTEN' : '';
    say(
      io,
      `${protocol}        0      0 ${`0.0.0.0:${port}`.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} ${state.padEnd(12)}`,
    );
  }
  return 0;
};

/** The columns of ss are as wide as what stands in them. */
function statistics(io: CommandIo, open: readonly { protocol: string; port: number }[], isMixed: boolean): number {
  const row = (protocol: string, state: string, most: string, rest: string): void =>
    say(io, `${isMixed ? protocol.padEnd(6) : ''}${state.padEnd(open.length > 0 ? 7 : 6)}${most}${rest}`);
  row('Netid', 'State', 'Recv-Q Send-Q ', 'Local Address:Port Peer Address:PortProcess');
  for (const { protocol, port } of open) {
    const [state, most] = protocol === 'tcp' ? ['LISTEN', BACKLOG] : ['UNCONN', '0'];
    const peer = '0.0.0.0:*'.padEnd(19);
    row(protocol, state, `0      ${most.padEnd(7)}`, `      0.0.0.0:${String(port).padEnd(4)}      ${peer}`);
  }
  return 0;
}

const COMPARED = new Set(['=', '==', '!=', '<', '<=', '>', '>=']);

/** expr: sums, comparisons, `STRING : EXPRESSION`, match, length, substr. */
export const expr: Command = (args, io) => {
  const [first = '', operator, second = ''] = args;
  const end = (value: string): number => print(io, value) + (value === '' || value === '0' ? 1 : 0);
  if (first === 'length') return end(String((operator ?? '').length));
  if (first === 'substr') return end((operator ?? '').substr(Number(second) - 1, Number(args[3])));
  if (args.length === 0) return fail(io, 'expr: missing operand', 2);
  if (args.length === 1) return end(first);
  if (operator === ':' || first === 'match') {
    const [text, pattern] = operator === ':' ? [first, second] : [operator ?? '', second];
    const parsed = compilePattern(`^${pattern.replace(/^\^/, '')}`, io, (letter) => letter === 'captures');
    if ('problem' in parsed) return fail(io, `expr: bad regex '${pattern}': ${parsed.problem}`, 2);
    payFor(io, text, parsed);
    const found = parsed.groups(text).find(({ start }) => start === 0);
    if (/\\\(/.test(pattern)) return end(found?.groups[1] ?? '');
    return end(String(found ? found.end : 0));
  }
  if (args.length === 3 && COMPARED.has(operator ?? '') && !args.every((one, at) => at === 1 || /^-?\d+$/.test(one))) {
    const holds =
      { '=': first === second, '==': first === second, '!=': first !== second }[operator as string] ??
      (operator?.startsWith('<') ? first < second : first > second);
    return end(holds ? '1' : '0');
  }
  if (args.some((one) => !/^(-?\d+|[-+*/%()|&]|[=!<>]=?)$/.test(one))) return fail(io, 'expr: non-integer argument', 2);
  try {
    return end(
      arithmetic(args.map((one) => (one === '=' ? '==' : one)).join(' '), { get: () => '', set: () => undefined }),
    );
  } catch {
    return fail(io, 'expr: syntax error', 2);
  }
};

/** Memory of a container or its machine, as free tells it in kilobytes. */
export const freeMemory: Command = (args, io: CommandIo) => {
  const letters = lettersOf(args);
  const divisor = letters.includes('m') ? 1024 : letters.includes('g') ? 1024 * 1024 : 1;
  const shown = [8_123_456, 1_234_560, 5_432_100, 12_345, 1_456_796, 6_543_210].map((one) =>
    String(Math.floor(one / divisor)).padStart(11),
  );
  say(io, '              total        used        free      shared  buff/cache   available');
  return print(io, `Mem:    ${shown.join(' ')}`);
};
