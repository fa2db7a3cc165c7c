/** What programs of servers tell the one that runs: nginx -s, apachectl and httpd -k, redis-cli shutdown. Follows nginx's ngx_get_options, apachectl(8) and redis-cli. */
import { type CommandIo, fail } from './host';
import { lastOf } from './paths';
import { nameOf } from './process-names';
import type { CommandResult } from './results';

interface Control {
  /** What the running one is called. */
  readonly server: RegExp;
  /** What is asked of it. */
  readonly asked: (args: readonly string[]) => string | undefined;
  /** What ends it, by which signal; the rest changes nothing that is seen. */
  readonly ends: Readonly<Record<string, string>>;
  readonly others: readonly string[];
  readonly refused: (asked: string) => string;
}

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
    ends: { stop: 'TERM', quit: 'QUIT' },
    others: ['reload', 'reopen'],
    refused: (asked) => `nginx: invalid option: "-s ${asked}"`,
  },
  apachectl: APACHE,
  apache2ctl: APACHE,
  'redis-cli': {
    server: /^redis-server/,
    asked: (args) => args.find((word) => /^shutdown$/i.test(word))?.toLowerCase(),
    ends: { shutdown: 'TERM' },
    others: [],
    refused: () => '',
  },
};

/** What comes of a program that only tells another something; undefined where it does not. */
export function tellServer([program = '', ...args]: readonly string[], io: CommandIo): CommandResult | undefined {
  const control = CONTROLS[lastOf(program)];
  const asked = control?.asked(args);
  if (!control || asked === undefined) return undefined;
  const signal = control.ends[asked];
  if (signal === undefined) return control.others.includes(asked) ? 0 : fail(io, control.refused(asked));
  const running = io.processes().find((process) => control.server.test(nameOf(process)));
  if (running) return { kills: [running.pid], signal, status: 0 };
  return program.endsWith('nginx') ? fail(io, 'nginx: [error] invalid PID number "" in "/run/nginx.pid"') : 0;
}
