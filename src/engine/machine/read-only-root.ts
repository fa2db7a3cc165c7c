/**
 * What servers of the catalogue can't do on a root file system that may not be written to (readOnlyRootFilesystem), in their own words, unless a volume lies
 * where they write. Follows the images' entrypoints and configurations.
 */
import { momentOf } from './container-output';
import { mountOf } from './filesystem';
import { serverOutput } from './image-output';
import type { Machine, MachineContainer } from './records';

/** A place that a server writes to, by one of its names, and what it says without it. */
interface Need {
  readonly paths: readonly string[];
  readonly said: string;
}

const nginxNeeds = (path: string, call: string, made: string): Need => ({
  paths: path === '/run' ? ['/run', '/var/run'] : [path],
  said: `${call} "${made}" failed (30: Read-only file system)`,
});

const NEEDS: ReadonlyMap<string, readonly Need[]> = new Map([
  [
    'nginx',
    [
      nginxNeeds('/var/cache/nginx', 'mkdir()', '/var/cache/nginx/client_temp'),
      nginxNeeds('/run', 'open()', '/run/nginx.pid'),
    ],
  ],
  ['nginxinc/nginx-unprivileged', [nginxNeeds('/tmp', 'mkdir()', '/tmp/client_temp')]],
  [
    'httpd',
    [
      {
        paths: ['/usr/local/apache2/logs'],
        said: '(30)Read-only file system: AH00099: could not create /usr/local/apache2/logs/httpd.pid',
      },
    ],
  ],
]);

/** What a server prints that can't begin for want of a place to write to; undefined when it can. */
export function readOnlyRefusal(machine: Machine, container: MachineContainer): string | undefined {
  const { behaviour, mounts, spec } = container;
  const { catalogueName = '' } = behaviour;
  if (spec.securityContext?.readOnlyRootFilesystem !== true) return undefined;
  const isFixed = (path: string): boolean => mountOf(mounts, path)?.readOnly ?? true;
  const need = NEEDS.get(catalogueName)?.find(({ paths }) => paths.every(isFixed));
  if (!need) return undefined;
  const moment = momentOf(machine, container);
  const lines = serverOutput(catalogueName, 'start', moment)?.text.split('\n') ?? [];
  const time = lines.find((line) => line.includes('[notice]'))?.split(' [notice]')[0] ?? '';
  if (!catalogueName.startsWith('nginx')) return `${need.said}\n`;
  // What its entrypoint says before comes first.
  const before = lines
    .filter((line) => line !== '' && !/\[notice\]|Getting the checksum/.test(line))
    .map((line) => line.replace(/Enabled listen on IPv6 in (\S+)/, 'can not modify $1 (read-only file system?)'));
  const own = [...(time ? [`${time} [emerg] 1#1: ${need.said}`] : []), `nginx: [emerg] ${need.said}`];
  return `${[...before, ...own].join('\n')}\n`;
}
