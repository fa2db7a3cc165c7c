/** What a server whose configuration is read answers at one of its ports: by the host that is asked for, then by the path. Plain data and pure functions. */
import { parseRegularExpression } from '../api/regular-expression';

/** A server that requests are passed on to. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** Where it was found when the server began; without them the name is looked up for each request. */
  readonly addresses?: readonly string[];
  /** Only asked when all others have failed. */
  readonly isBackup?: true;
}

/** How a server passes requests on. */
export interface Pass {
  /** `tcp`: what it speaks then is not HTTP, such as FastCGI. */
  readonly scheme: 'http' | 'https' | 'tcp';
  /** In the order of their turns, as often as their weights say. */
  readonly targets: readonly Target[];
  /** What takes the place of the path, or of its beginning. */
  readonly uri?: { readonly prefix?: string; readonly to: string };
  /** The host that is asked for, `$host` for the one that was asked for here without its port; without it that one as it was said. */
  readonly host?: string;
  /** How many of them are tried, and whose statuses count as a failure. */
  readonly tries: number;
  readonly failing: readonly number[];
  readonly connectMs: number;
  readonly readMs: number;
  /** What is answered where no connection comes about. */
  readonly unreachable: number;
}

/** What is done with the paths that it is for; without a status and somebody to pass to, a file is given. */
export interface Place {
  readonly how: 'exact' | 'prefix' | 'pattern';
  readonly path: string;
  /** Patterns are not looked at once it is the longest prefix. */
  readonly isFinal?: true;
  readonly status?: number;
  readonly text?: string;
  readonly location?: string;
  readonly pass?: Pass;
  /** Where its files are, and what of a path does not count there. */
  readonly root?: string;
  readonly strip?: string;
}

/** One of the hosts that are served at a port. */
export interface Site {
  readonly names: readonly string[];
  readonly places: readonly Place[];
  readonly root?: string;
}

/** Whether an expression of a configuration matches; one that can't be read matches nothing. */
function matches(expression: string, text: string): boolean {
  const read = parseRegularExpression(expression);
  return !('problem' in read) && read.test(text);
}

/** A host without its port. */
export const withoutPort = (host: string): string => host.replace(/:\d+$/, '');

/** The host that a request is for, with its port where that is said: its header, else what was looked up. */
export const hostAsked = ({
  headers,
  host,
}: {
  readonly headers: Readonly<Record<string, string>>;
  readonly host: string;
}): string => headers.host ?? headers.Host ?? host;

const nameFits = (name: string, host: string): boolean =>
  name === host ||
  (name.startsWith('*.') && host.endsWith(name.slice(1))) ||
  (name.endsWith('.*') && host.startsWith(name.slice(0, -1))) ||
  (name.startsWith('~') && matches(name.slice(1), host));

/** The place that a path leads to: the exact one, else the first pattern that fits, else the longest beginning. The first site is for hosts that nobody names. */
export function placeAt(sites: readonly Site[], host: string, path: string): Place {
  const plain = withoutPort(host).toLowerCase();
  const site = sites.find(({ names }) => names.some((name) => nameFits(name, plain))) ?? sites[0];
  const { places = [], root } = site ?? {};
  let longest: Place | undefined;
  for (const place of places) {
    if (place.how === 'exact' && place.path === path) return place;
    if (place.how !== 'prefix' || !path.startsWith(place.path)) continue;
    if (!longest || place.path.length > longest.path.length) longest = place;
  }
  if (longest?.isFinal) return longest;
  const pattern = places.find((place) => place.how === 'pattern' && matches(place.path, path));
  return pattern ?? longest ?? { how: 'prefix', path: '', ...(root === undefined ? {} : { root }) };
}
