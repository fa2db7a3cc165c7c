/**
 * WordPress as its image runs it: every page is made by PHP, which asks the database first. Pure.
 * Follows docker-entrypoint.sh and wp-config-docker.php of the image, wp-includes/load.php (wp_not_installed) and functions.php (dead_db).
 * Simplified: nobody has installed it, so that it sends everybody to its installation; accounts and tables are not looked at; the entrypoint of
 * versions before 5.5 does not wait for the database; `localhost` is 127.0.0.1, where PHP takes it for a socket.
 */
import type { HttpAnswer } from './cri';
import type { MachineContainer } from './records';

/** What the catalogue calls the image. */
const WORDPRESS = 'wordpress';
const DEFAULT_HOST = 'mysql';
const MYSQL_PORT = 3306;
/** The entrypoint of these looks for variables of its own only; later ones for any that begin like them, those of a Service too. */
const OLD = /^(?:[34]\.|5\.[0-4](?:\D|$))/;
const OWN_VARIABLE = /^WORDPRESS_(?:DB_|AUTH_|SECURE_|LOGGED_IN_|NONCE_|TABLE_PREFIX|DEBUG|CONFIG_EXTRA)/;
/** These answer without the rest of WordPress. */
const ALONE = '/wp-admin/setup-config.php';
const INSTALL = '/wp-admin/install.php';

/** `default_socket_timeout` of PHP: so long it waits for a connection. */
export const DATABASE_TIMEOUT_MS = 60_000;

/** What people read, whatever is wrong. */
export const NO_DATABASE_PAGE = '<h1>Error establishing a database connection</h1>\n';

/** Where a database is. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
}

type Program = Pick<MachineContainer, 'behaviour' | 'environment'>;

/** The database that an image's program asks; undefined when it asks none, or has not been told of any. */
function databaseOf({ behaviour: { tag }, environment }: Program): DatabaseAddress | undefined {
  const { WORDPRESS_DB_HOST: said } = environment;
  const isTold = (name: string): boolean => (OLD.test(tag) ? OWN_VARIABLE.test(name) : name.startsWith('WORDPRESS_'));
  if (!said && !Object.keys(environment).some(isTold)) return undefined;
  const [, host, port] = /^([^:/]+)(?::(\d+))?/.exec(said || DEFAULT_HOST) ?? [];
  return host === undefined ? undefined : { host, port: Number(port ?? MYSQL_PORT) };
}

/** What WordPress makes of a request for a page that is there: its status, and the database it asks before. */
export function pageOf(
  program: Program,
  path: string,
): Pick<HttpAnswer, 'status' | 'location' | 'database'> | undefined {
  if (program.behaviour.catalogueName !== WORDPRESS) return undefined;
  if (!path.endsWith('/') && !path.endsWith('.php')) return undefined;
  const database = databaseOf(program);
  const goal = database ? INSTALL : ALONE;
  const answer = path === goal ? { status: 200 } : { status: 302, location: goal };
  return database ? { ...answer, database } : answer;
}
