/**
 * Where the test server agnhost listens, by its subcommand. Pure.
 * Follows test/images/agnhost (netexec, liveness, serve-hostname, test-webserver, guestbook); what else it can do listens nowhere.
 */
import type { Container } from '../api/types';
import type { CatalogueImage } from './image-catalogue';
import type { Listener } from './image-listeners';

/** What the catalogue calls it. */
export const AGNHOST = 'registry.k8s.io/e2e-test-images/agnhost';

/** `liveness` is well for so long. */
const WELL_FOR_MS = 10_000;
/** `serve-hostname` waits so long for the deletion of its Pod. */
const AWAITS_DELETION_MS = 60_000;

type Said = Pick<Container, 'command' | 'args'>;

const at = (port: number, rest: Partial<Listener> = {}): Listener => ({
  port,
  afterMs: 0,
  status: 200,
  latencyMs: 0,
  ...rest,
});

/** What a container has it do: the subcommand and its options. */
function subcommandOf({ command = [], args = [] }: Said): [subcommand: string, ...options: string[]] {
  const words = [...command, ...args].filter((word, index) => index > 0 || !word.endsWith('agnhost'));
  const [subcommand = 'pause', ...options] = words;
  return [subcommand, ...options];
}

/** What its output and its answers are told by. */
export const agnhostName = (container: Said): string => `agnhost ${subcommandOf(container)[0]}`;

function numberOf(options: readonly string[], flag: string, otherwise: number): number {
  const place = options.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  const text = options[place]?.slice(flag.length + 1) || options[place + 1];
  return place < 0 ? otherwise : Number(text) || otherwise;
}

/** How it ends on SIGTERM: `netexec` by itself, after its delay, `serve-hostname` after a minute; a Go program that does not mind it, as the first process, with 2. */
export function agnhostStop(container: Said): CatalogueImage['stop'] {
  const [subcommand, ...options] = subcommandOf(container);
  if (subcommand === 'serve-hostname') return { exitAfterMs: AWAITS_DELETION_MS, code: 0 };
  const delaySeconds = numberOf(options, '--delay-shutdown', 0);
  return { exitAfterMs: delaySeconds * 1000, code: subcommand === 'netexec' || delaySeconds > 0 ? 0 : 2 };
}

/** See the header. */
export function agnhostListeners(container: Said): Listener[] {
  const [subcommand, ...options] = subcommandOf(container);
  const portOf = (flag: string, otherwise: number): number => numberOf(options, flag, otherwise);
  switch (subcommand) {
    case 'netexec':
      return [at(portOf('--http-port', 8080)), at(portOf('--udp-port', 8081), { protocol: 'UDP' })];
    case 'liveness':
      return [
        at(8080, { path: '/healthz', status: 500, afterMs: WELL_FOR_MS }),
        at(8080, { path: '/healthz' }),
        at(8080, { path: '/started' }),
      ];
    case 'serve-hostname':
      return [at(portOf('--port', 9376))];
    case 'test-webserver':
      return [at(portOf('--port', 80))];
    case 'guestbook':
      return [at(portOf('--http-port', 80))];
    default:
      return [];
  }
}
