/**
 * Package managers as people use them in containers: they bring the programs of a few packages, after a while. Other packages bring nothing.
 * Follows apt-get, apk, and dnf in what they are asked.
 */
import { type Command, type CommandIo, fail, plainArguments, writeFile } from './host';
import { MODE_SUFFIX } from './paths';

/** What packages bring that goes by another name than theirs. */
const PACKAGES: Readonly<Record<string, string>> = {
  dnsutils: 'dig nslookup host',
  'bind9-dnsutils': 'dig nslookup host',
  'bind-utils': 'dig nslookup host',
  'bind-tools': 'dig nslookup host',
  iproute2: 'ip',
  iproute: 'ip',
  procps: 'ps top free uptime pgrep pkill',
  'procps-ng': 'ps top free uptime pgrep pkill',
  psmisc: 'killall',
  'iputils-ping': 'ping',
  iputils: 'ping',
  'net-tools': 'ifconfig netstat',
  'netcat-openbsd': 'nc',
  'netcat-traditional': 'nc',
  netcat: 'nc',
  nmap: 'ncat',
  'stress-ng': 'stress-ng',
};
/** What apt-get knows of packages, which no image brings. */
const LISTS = '/var/lib/apt/lists/lock';
const UPDATE_MS = 2_000;
const INSTALL_MS = 3_000;

function install(io: CommandIo, names: readonly string[]): void {
  for (const program of names.flatMap((name) => (PACKAGES[name] ?? name).split(' '))) {
    const path = `/usr/bin/${program}`;
    if (writeFile(io, path, '', false) === undefined)
      io.host.files = { ...io.host.files, [`${path}${MODE_SUFFIX}`]: '755' };
  }
}

/** apt-get, apk, dnf and their like. */
export const managePackages: Command = (args, io, name) => {
  const [action = '', ...names] = plainArguments(args);
  if ((io.host.user ?? 0) !== 0) {
    io.errors += `${name}: Permission denied: are you root?\n`;
    return 100;
  }
  const isApt = name.startsWith('apt');
  if (action === 'install' || action === 'add') {
    const unknown = isApt && !Object.hasOwn(io.host.files, LISTS) ? names[0] : undefined;
    if (unknown !== undefined) return fail(io, `E: Unable to locate package ${unknown}`, 100);
    install(io, names);
    const then = { output: names.map((one) => `Setting up ${one} ...\n`).join('') };
    return { sleepMs: INSTALL_MS, then };
  }
  if (action !== 'update' && action !== 'upgrade') return 0;
  if (isApt) writeFile(io, LISTS, '', false);
  const then = { output: isApt ? 'Reading package lists...\n' : '' };
  return { sleepMs: UPDATE_MS, then };
};
