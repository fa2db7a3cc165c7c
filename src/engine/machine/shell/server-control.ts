/**
 * What programs of servers tell the one that runs: nginx -s, apachectl and httpd -k, redis-cli and mysqladmin shutdown, pg_ctl and rabbitmqctl stop.
 * Follows nginx's ngx_get_options, apachectl(8), redis-cli, mysqladmin, pg_ctl.c and rabbitmqctl(8).
 */
import { askedPort, isDatabaseClient } from './database-clients';
import { type CommandIo, fail, print } from './host';
import { lastOf } from './paths';
import { nameOf } from './process-names';
import type { CommandResult } from './results';

interface Control {
  /** What the running one is called. */
  readonly server: RegExp;
  /** What is asked of it. */
  readonly asked: (args: readonly string[]) => string | undefined;
  /** What ends it or has it read its configuration again, by which signal; the rest changes nothing that is seen. */
  readonly ends: Readonly<Record<string, string>>;
  readonly others: readonly string[];
  readonly refused: (asked: string) => string;
  /** What it prints where it ends one. */
  readonly says?: (hostname: string) => string;
  /** What it says to root. */
  readonly toRoot?: string;
}

/** A word with which a client of a database ends the one of its own container. */
const word = (name: string, pattern: RegExp) => (args: readonly string[]) =>
  askedPort([name, ...args]) === undefined ? undefined : args.find((one) => pattern.test(one))?.toLowerCase();
const MYSQL: Control = {
  server: /^(mysqld|mariadbd)/,
  asked: word('mysqladmin', /^shutdown$/),
  ends: { shutdown: 'TERM' },
  others: [],
  refused: () => '',
};

const behind = (flag: string) => (args: readonly string[]) =>
  args.includes(flag) ? (args[args.indexOf(flag) + 1] ?? '') : undefined;
const APACHE: Control = {
  server: /^(httpd|apache2)/,
  asked: (args) => behind('-k')(args) ?? (/^[a-z]/.test(args[0] ?? '') ? args[0] : undefined),
  ends: { stop: 'TERM', 'graceful-stop': 'TERM' },
  others: ['start', 'restart', 'graceful', 'configtest', 'status', 'fullstatus'],
  refused: (asked) => `Invalid command '${asked}'`,
};
const CONTROLS: Readonly<Record<string, Control>> = {
  nginx: {
    server: /^nginx/,
    asked: behind('-s'),
    ends: { stop: 'TERM', quit: 'QUIT', reload: 'HUP' },
    others: ['reopen'],
    refused: (asked) => `nginx: invalid option: "-s ${asked}"`,
  },
  apachectl: APACHE,
  apache2ctl: APACHE,
  'redis-cli': {
    server: /^redis-server/,
    asked: word('redis-cli', /^shutdown$/i),
    ends: { shutdown: 'TERM' },
    others: [],
    refused: () => '',
  },
  mysqladmin: MYSQL,
  'mariadb-admin': MYSQL,
  pg_ctl: {
    server: /^postgres/,
    asked: (args) => args.find((one) => /^(start|stop|restart|reload|status|promote)$/.test(one)),
    ends: { stop: 'INT' },
    others: ['start', 'restart', 'reload', 'status', 'promote'],
    refused: () => '',
    says: () => 'waiting for server to shut down.... done\nserver stopped\n',
    toRoot:
      'pg_ctl: cannot be run as root\nPlease log in (using, e.g., "su") as the (unprivileged) user that will\nown the server process.',
  },
  rabbitmqctl: {
    server: /^(rabbitmq-server|beam)/,
    asked: (args) => args.find((one) => /^(stop|shutdown)$/.test(one)),
    ends: { stop: 'TERM', shutdown: 'TERM' },
    others: [],
    refused: () => '',
    says: (hostname) => `Stopping and halting node rabbit@${hostname} ...\n`,
  },
};

/** What comes of a program that only tells another something; undefined where it does not. */
export function tellServer(words: readonly string[], io: CommandIo): CommandResult | undefined {
  const isOther = words[0] === 'gosu';
  const [program = '', ...args] = isOther ? words.slice(2) : words;
  const control = CONTROLS[lastOf(program)];
  const asked = control?.asked(args);
  if (!control || asked === undefined) return undefined;
  if (control.toRoot && !isOther && !io.host.user) return fail(io, control.toRoot);
  const signal = control.ends[asked];
  const running = io.processes().find((process) => control.server.test(nameOf(process)));
  const own =
    control === APACHE && asked === 'start' ? io.host.servers.find((one) => /^(httpd|apache2)$/.test(one)) : '';
  if (own) {
    if (!running) return { daemon: [own, '-k', 'start'] };
    return print(io, `${own} (pid ${running.pid}) already running`);
  }
  if (control === CONTROLS.nginx && (signal ?? control.others.includes(asked))) {
    const { errors = '', status = 0 } = io.host.says?.(words) ?? {};
    io.errors += errors.replaceAll('PID', String(Math.max(...io.processes().map(({ pid }) => pid))));
    if (status !== 0) return status;
  }
  if (signal === undefined) return control.others.includes(asked) ? 0 : fail(io, control.refused(asked));
  if (running) {
    io.output += control.says?.(io.host.hostname) ?? '';
    return { kills: [running.pid], signal, status: 0 };
  }
  // A client says itself that nobody is there.
  if (isDatabaseClient(program)) return undefined;
  return program.endsWith('nginx') ? fail(io, 'nginx: [error] invalid PID number "" in "/run/nginx.pid"') : 0;
}
