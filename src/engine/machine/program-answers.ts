/** What programs of the catalogue's images say of themselves: which version they are, and nginx whether it could read its configuration. */
import { readable } from './configured-ports';
import type { Files } from './cri';
import { emergency, filledIn, isTerse, type OutputMoment, versionIn, versionOf, warningText } from './image-output';
import { type LookUp, nginxServes } from './nginx-sites';
import type { Afterwards } from './shell/results';

interface Version {
  readonly asked: RegExp;
  /** `{version}`: that of the image. */
  readonly says: string;
  /** On standard error. */
  readonly isError?: true;
  /** Of what is no server that prints its version as it begins. */
  readonly recent?: string;
}

const LONG = /^(-V|--version)$/;
const SHORT = /^(-v|--version)$/;
const postgres = (name: string): Version => ({ asked: LONG, says: `${name} (PostgreSQL) {version}` });
const mysql = (name: string): Version => ({
  asked: LONG,
  says: `${name}  Ver {version} for Linux on x86_64 (MySQL Community Server - GPL)`,
});
const httpd: Version = { asked: /^-v$/, says: 'Server version: Apache/{version} (Unix)' };
const python: Version = { asked: LONG, says: 'Python {version}', recent: '3.14.2' };

const VERSIONS: Readonly<Record<string, Version>> = {
  nginx: { asked: /^-[vV]$/, says: 'nginx version: nginx/{version}', isError: true },
  httpd,
  apachectl: httpd,
  'redis-server': { asked: SHORT, says: 'Redis server v={version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64' },
  'redis-cli': { asked: SHORT, says: 'redis-cli {version}' },
  memcached: { asked: LONG, says: 'memcached {version}', recent: '1.6.39' },
  mysql: mysql('mysql'),
  mysqld: mysql('/usr/sbin/mysqld'),
  mysqladmin: mysql('mysqladmin'),
  postgres: postgres('postgres'),
  psql: postgres('psql'),
  pg_dump: postgres('pg_dump'),
  python,
  python3: python,
  node: { asked: SHORT, says: 'v{version}', recent: '25.2.1' },
};

const MAIN = '/etc/nginx/nginx.conf';

function tested(moment: OutputMoment, files: Files, lookUp: LookUp): Afterwards {
  const read = nginxServes(readable(files), lookUp, moment.tag);
  const errors =
    'refusal' in read
      ? `${emergency(read.refusal.said, moment)}nginx: configuration file ${MAIN} test failed\n`
      : `${warningText(read.warnings ?? [], moment)}nginx: the configuration file ${MAIN} syntax is ok\nnginx: configuration file ${MAIN} test is successful\n`;
  return { errors, status: 'refusal' in read ? 1 : 0 };
}

/** A program that only tells the running one something reads the configuration as well. PID: its number. */
function telling(moment: OutputMoment, files: Files, lookUp: LookUp): Afterwards {
  const { errors = '', status } = tested(moment, files, lookUp);
  const notice =
    status || isTerse(moment.tag) ? '' : filledIn('{slashed} [notice] PID#PID: signal process started\n', moment);
  return { errors: errors.replace(/^nginx: (the )?configuration file.*\n/gm, '') + notice, status };
}

/** What a container's program answers; undefined when what it would say is not known. `image`: as the catalogue calls it. */
export function answerOf(
  [program = '', ...args]: readonly string[],
  image: string,
  moment: OutputMoment,
  files: Files,
  lookUp: LookUp,
): Afterwards | undefined {
  if (program === 'nginx' && args.includes('-t')) return tested(moment, files, lookUp);
  if (program === 'nginx' && args.includes('-s')) return telling(moment, files, lookUp);
  const version = Object.hasOwn(VERSIONS, program) ? VERSIONS[program] : undefined;
  // MariaDB's programs of the same names speak otherwise.
  if (!version || image === 'mariadb' || !args.some((arg) => version.asked.test(arg))) return undefined;
  const { recent } = version;
  const number = recent === undefined ? versionOf(image, moment.tag) : versionIn(moment.tag, recent);
  const text = `${version.says.replace('{version}', number)}\n`;
  return version.isError ? { errors: text, status: 0 } : { output: text, status: 0 };
}
