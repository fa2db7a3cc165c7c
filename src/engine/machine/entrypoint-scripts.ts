/**
 * What the entrypoints of images do with scripts that people mount for them, as a program for the small shell: nginx' /docker-entrypoint.d, and the
 * /docker-entrypoint-initdb.d of databases that have not been made yet.
 * Follows docker-entrypoint.sh of nginx, postgres, mysql, mariadb and mongo. Simplified: what SQL and JavaScript say is not carried out.
 */
import { momentOf } from './container-output';
import type { Files } from './cri';
import { entrypointOutput } from './image-output';
import { isMade } from './open-data';
import type { Machine, MachineContainer } from './records';
import { followed, isFileKey } from './shell/paths';

const NGINX = '/docker-entrypoint.d/';
const DATABASE = '/docker-entrypoint-initdb.d/';

/** How an entrypoint treats a script, and what it says when all are done. */
interface Initialisation {
  readonly server: string;
  readonly say: string;
  /** Endings of files that are given to a client. */
  readonly given: string;
  readonly end: string;
}

const SAY = `say() { printf '%s: %s %s\\n' "$0" "$1" "$f"; }`;
const NOTE = `say() { printf '%s [Note] [Entrypoint]: %s: %s %s\\n' "$(date '+%F %T+00:00')" "$0" "$1" "$f"; }`;
const SQL = '*.sql|*.sql.gz|*.sql.xz|*.sql.zst';
const READY = (name: string): string =>
  `printf '%s [Note] [Entrypoint]: ${name} init process done. Ready for start up.\\n\\n' "$(date '+%F %T+00:00')"`;

const DATABASES: Readonly<Record<string, Initialisation>> = {
  postgres: {
    server: 'postgres',
    say: SAY,
    given: SQL,
    end: `printf '\\nPostgreSQL init process complete; ready for start up.\\n\\n'`,
  },
  mysql: { server: 'mysqld', say: NOTE, given: SQL, end: READY('MySQL') },
  mariadb: { server: 'mariadbd', say: NOTE, given: SQL, end: READY('MariaDB') },
  mongo: {
    server: 'mongod',
    say: SAY,
    given: '*.js',
    end: `printf '\\nMongoDB init process complete; ready for start up.\\n\\n'`,
  },
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** As sort -V orders names: numbers by their size, and other signs after letters. */
function byVersion(a: string, b: string): number {
  const parts = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  const [one = '', other = ''] = [left[at], right[at]];
  if (/^\d/.test(one) && /^\d/.test(other)) return Number(one) - Number(other);
  const weight = (text: string, index: number): number => {
    const sign = text[index] ?? '';
    return sign === '' || /\d/.test(sign) ? 0 : sign.charCodeAt(0) + (/[a-z]/i.test(sign) ? 0 : 256);
  };
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const difference = weight(one, index) - weight(other, index);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The files in a directory as find -follow sees them: what a link leads to counts again below it. */
function filesBelow(files: Files, directory: string): string[] {
  const names = Object.keys(files).filter(
    (path) => path.startsWith(directory) && isFileKey(path) && !path.endsWith('/.'),
  );
  return names.flatMap((path) => {
    const target = followed(files, path);
    if (files[target] !== undefined && !isDirectory(files, target)) return [path];
    const inner = Object.keys(files).filter(
      (one) => one.startsWith(`${target}/`) && isFileKey(one) && !one.endsWith('/.'),
    );
    return path === target ? [] : inner.map((one) => `${path}${one.slice(target.length)}`);
  });
}

const isDirectory = (files: Files, path: string): boolean => files[`${path}/.`] !== undefined;

/** nginx' entrypoint with the scripts in its directory; those of the image say what they say. */
function nginxProgram(files: Files, scripts: readonly string[], said: string, words: readonly string[]): string {
  const lines = said.split('\n').filter((line) => line !== '');
  const first = lines.findIndex((line) => /(Launching|Sourcing) /.test(line));
  const steps = scripts.map((path) => {
    const name = path.slice(NGINX.length);
    const from = lines.findIndex((line) => line.endsWith(` ${path}`));
    const isOwn = from >= 0 && files[path] === OWN_SCRIPT;
    if (!isOwn) return `run ${quoted(path)}`;
    const own = lines.slice(from).filter((line, index) => index === 0 || line.startsWith(`${name}:`));
    return `printf '%s\\n' ${own.map(quoted).join(' ')}`;
  });
  const say = (text: string): string => `echo "$0: ${text}"`;
  return `set -e
run() {
  f=$1
  case "$f" in
    *.envsh) if [ -x "$f" ]; then ${say('Sourcing $f')}; . "$f"; else ${say('Ignoring $f, not executable')}; fi ;;
    *.sh) if [ -x "$f" ]; then ${say('Launching $f')}; "$f"; else ${say('Ignoring $f, not executable')}; fi ;;
    *) ${say('Ignoring $f')} ;;
  esac
}
printf '%s\\n' ${lines.slice(0, Math.max(first, 0)).map(quoted).join(' ')}
(
${steps.join('\n')}
)
${say('Configuration complete; ready for start up')}
exec ${words.map(quoted).join(' ')}`;
}

/** What stands in the scripts of the image. */
const OWN_SCRIPT = '#!/bin/sh\n';

/** A database's entrypoint with the scripts in its directory. */
function databaseProgram({ say, given, end }: Initialisation, said: string, words: readonly string[]): string {
  const before = said === '' ? '' : `printf '%s\\n' ${said.trimEnd().split('\n').map(quoted).join(' ')}`;
  return `set -eo pipefail
${before}
${say}
echo
for f in ${DATABASE}*; do
  case "$f" in
    *.sh) if [ -x "$f" ]; then say running; "$f"; else say sourcing; . "$f"; fi ;;
    ${given}) say running; echo ;;
    *) say ignoring ;;
  esac
  echo
done
${end}
exec ${words.map(quoted).join(' ')}`;
}

/** The command line of a container's entrypoint, when it finds scripts that are not the image's; undefined when there is nothing to carry out. */
export function entrypointCommand(
  machine: Machine,
  container: MachineContainer,
  files: Files,
): readonly string[] | undefined {
  const { catalogueName = '', programs } = container.behaviour;
  const { command = [], args = [] } = container.spec;
  if (command.length > 0) return undefined;
  const said = (): string => entrypointOutput(catalogueName, momentOf(machine, container));
  if (catalogueName.startsWith('nginx')) {
    const scripts = filesBelow(files, NGINX).sort(byVersion);
    const isOwn = scripts.every((path) => files[path] === OWN_SCRIPT);
    if (isOwn || said() === '' || (args.length > 0 && args[0] !== 'nginx')) return undefined;
    const words = args.length > 0 ? args : ['nginx', '-g', 'daemon off;'];
    return ['sh', '-c', nginxProgram(files, scripts, said(), words), '/docker-entrypoint.sh'];
  }
  const known = Object.hasOwn(DATABASES, catalogueName) ? DATABASES[catalogueName] : undefined;
  const [first = known?.server ?? ''] = args;
  if (!known || !(first.startsWith('-') || programs.servers.includes(first))) return undefined;
  const isEmpty = !Object.keys(files).some(
    (path) => path.startsWith(DATABASE) && isFileKey(path) && !path.endsWith('/.'),
  );
  if (isEmpty || isMade(container, files)) return undefined;
  const words = first.startsWith('-') || args.length === 0 ? [known.server, ...args] : args;
  const shell = programs.base === 'alpine' ? 'sh' : 'bash';
  return [shell, '-c', databaseProgram(known, said(), words), '/usr/local/bin/docker-entrypoint.sh'];
}
