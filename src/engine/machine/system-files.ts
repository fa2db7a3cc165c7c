/**
 * Files that nobody has written, made when somebody reads them: of the kernel what a container may use (cgroup v2 as the kubelet sets it up), and what /proc tells of the
 * machine. Pure. Follows pkg/kubelet/cm (MilliCPUToQuota, MilliCPUToShares) and the kernel's Documentation/admin-guide/cgroup-v2.rst.
 */
import { quantityMilli, quantityValue } from '../api/quantity';
import type { Container } from '../api/types';
import { capabilityLines } from './capabilities';
import { KERNEL_RELEASE, KERNEL_VERSION } from './kernel';
import type { NodeCapacity } from './load-sums';
import { drawnOf } from './shell/drawn';
import type { Base } from './shell/held-programs';
import { lastOf } from './shell/paths';

const PERIOD = 100_000;

/** What the file of a limit says without one. */
const NONE = 'max';

/** What a container was made of, what it uses, and where. */
export interface Place {
  readonly spec: Container;
  readonly capacity: NodeCapacity;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly upSeconds: number;
  /** As whom it runs, and whether its Pod has users of its own. */
  readonly user: number;
  readonly hasOwnUsers: boolean;
  /** Its first process. */
  readonly title: string;
  readonly oomScoreAdj: number;
  readonly environment: Readonly<Record<string, string>>;
  /** What is mounted. */
  readonly mounts: () => string;
  /** How ps shows another process of the container; undefined when there is none. */
  readonly titleOf: (pid: number) => string | undefined;
}

function cpuWeight(milli: number): number {
  const shares = Math.max(2, Math.floor((milli * 1024) / 1000));
  return Math.floor(1 + ((shares - 2) * 9999) / 262_142);
}

const CGROUP: Readonly<Record<string, (place: Place) => string>> = {
  'memory.max': ({ spec }) => String(quantityValue(spec.resources?.limits?.memory) || NONE),
  'memory.current': ({ memoryBytes }) => String(memoryBytes),
  'memory.min': () => '0',
  'cpu.max': ({ spec }) => {
    const milli = quantityMilli(spec.resources?.limits?.cpu);
    return `${milli > 0 ? Math.max(1000, (milli * PERIOD) / 1000) : NONE} ${PERIOD}`;
  },
  'cpu.weight': ({ spec }) => String(cpuWeight(quantityMilli(spec.resources?.requests?.cpu))),
  'pids.current': ({ processes }) => String(processes),
  'pids.max': () => NONE,
};

const PROC: Readonly<Record<string, (place: Place) => string>> = {
  meminfo: ({ capacity }) => {
    const kilobytes = Math.floor(capacity.memoryBytes / 1024);
    const line = (name: string, value: number): string => `${`${name}:`.padEnd(16)}${String(value).padStart(8)} kB`;
    return [
      line('MemTotal', kilobytes),
      line('MemFree', Math.floor(kilobytes * 0.6)),
      line('MemAvailable', Math.floor(kilobytes * 0.8)),
    ].join('\n');
  },
  cpuinfo: ({ capacity }) =>
    Array.from(
      { length: Math.max(1, Math.floor(capacity.cpuMilli / 1000)) },
      (_, index) => `processor\t: ${index}\n`,
    ).join('\n'),
  uptime: ({ upSeconds }) => `${upSeconds.toFixed(2)} ${upSeconds.toFixed(2)}`,
  loadavg: () => '0.00 0.00 0.00 1/100 1',
  version: () => `Linux version ${KERNEL_RELEASE} (gcc 14.2.0) ${KERNEL_VERSION}`,
  mounts: ({ mounts }) => mounts().trimEnd(),
  '1/mounts': ({ mounts }) => mounts().trimEnd(),
  '1/cgroup': () => '0::/',
  '1/comm': ({ title }) => nameIn(title),
  '1/oom_score_adj': ({ oomScoreAdj }) => String(oomScoreAdj),
  // A node gives the users of its Pods 65,536 at a time.
  '1/uid_map': ({ hasOwnUsers }) =>
    hasOwnUsers ? '         0      65536      65536' : '         0          0 4294967295',
  '1/status': ({ title, memoryBytes, spec, user }) =>
    `Name:\t${nameIn(title)}\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t1\nNgid:\t0\nPid:\t1\nPPid:\t0\nVmRSS:\t${String(Math.floor(memoryBytes / 1024)).padStart(8)} kB\n${capabilityLines(spec, user)}`,
};

/** What ends with no line of its own: each part ends with a zero. */
const PARTS: Readonly<Record<string, (place: Place) => readonly string[]>> = {
  '1/cmdline': ({ title }) => title.split(' '),
  '1/environ': ({ environment }) => Object.entries(environment).map(([name, value]) => `${name}=${value}`),
};

/** What a kernel calls a process. */
const nameIn = (title: string): string => lastOf(title.split(' ')[0] ?? '').slice(0, 15);

/** Debian's releases by their numbers. */
const DEBIAN: Readonly<Record<string, string>> = { 11: 'bullseye', 12: 'bookworm', 13: 'trixie' };

/** What a distribution tells of itself in /etc/os-release; undefined for an image of another base, or none. */
export function osRelease(path: string, base: Base, repository: string, tag: string): string | undefined {
  if (!/^\/(etc|usr\/lib)\/(os|alpine)-release$/.test(path)) return undefined;
  const version = (name: string): string | undefined =>
    repository === `library/${name}` ? /^\d+(\.\d+)*/.exec(tag)?.[0] : undefined;
  if (base === 'alpine') {
    const [major, minor, patch = '0'] = (version('alpine') ?? '3.22.2').split('.');
    const whole = `${major}.${minor}.${patch}`;
    if (path.includes('alpine')) return `${whole}\n`;
    return `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${whole}\nPRETTY_NAME="Alpine Linux v${major}.${minor}"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`;
  }
  if (base !== 'debian' || path.includes('alpine')) return undefined;
  if (repository === 'library/ubuntu') {
    const number = version('ubuntu') ?? '24.04';
    return `PRETTY_NAME="Ubuntu ${number} LTS"\nNAME="Ubuntu"\nVERSION_ID="${number}"\nID=ubuntu\nID_LIKE=debian\n`;
  }
  const named = Object.keys(DEBIAN).find((number) => tag.includes(DEBIAN[number] as string));
  const number = named ?? version('debian')?.split('.')[0] ?? '12';
  const codename = DEBIAN[number] ?? DEBIAN[12];
  return `PRETTY_NAME="Debian GNU/Linux ${number} (${codename})"\nNAME="Debian GNU/Linux"\nVERSION_ID="${number}"\nVERSION="${number} (${codename})"\nVERSION_CODENAME=${codename}\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n`;
}

/** What one gets of a device that never ends: so much, in characters that can be seen. */
const DRAWN = 32_768;

/** What a device of random bytes gives; undefined when it is none. */
export function drawnFile(path: string, moment: string): string | undefined {
  if (!/^\/dev\/u?random$/.test(path)) return undefined;
  return String.fromCharCode(...drawnOf(moment, DRAWN, 94).map((one) => 33 + one));
}

/** What a file of the kernel's holds; undefined when it is none. */
export function systemFile(path: string, placeOf: () => Place): string | undefined {
  const [, root, name = ''] = /^\/(proc|sys\/fs\/cgroup)\/(.*)$/.exec(path) ?? [];
  if (root === undefined) return undefined;
  const files = root === 'proc' ? PROC : CGROUP;
  if (root === 'proc' && /^(self|thread-self|\d+)\//.test(name)) return fileOfProcess(name, placeOf());
  return Object.hasOwn(files, name) ? `${files[name]?.(placeOf())}\n` : undefined;
}

/** The file of a process, which is what that of the first one is but for its name. */
function fileOfProcess(path: string, place: Place): string | undefined {
  const [, pid = '', file = ''] = /^([^/]+)\/(.*)$/.exec(path) ?? [];
  const name = `1/${file}`;
  const title = pid === 'self' || pid === 'thread-self' || pid === '1' ? place.title : place.titleOf(Number(pid));
  if (title === undefined) return undefined;
  const seen = { ...place, title };
  if (Object.hasOwn(PARTS, name))
    return PARTS[name]?.(seen)
      .map((part) => `${part}\0`)
      .join('');
  return Object.hasOwn(PROC, name) ? `${PROC[name]?.(seen)}\n` : undefined;
}
