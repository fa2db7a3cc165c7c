/**
 * Image references as people write them and as the container runtime completes them: registry, default namespace and default tag.
 * Follows the distribution reference grammar (github.com/distribution/reference) as far as completing goes.
 */

/** The parts of an image reference. */
export interface ImageReference {
  readonly registry: string;
  /** With `library/` where Docker Hub wants it. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  /** `docker.io/library/nginx:1.7.9`. */
  readonly full: string;
}

const HOST = /^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*(:\d+)?\//;
const PATH = /^[a-z0-9]+((\.|_|__|-+|\/)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Whether what stands before the first slash is a host; a namespace has no capital letters. Follows splitDockerDomain. */
function namesHost(text: string): boolean {
  return /[.:]/.test(text) || text === 'localhost' || text !== text.toLowerCase();
}

/** Takes a reference apart; undefined when it is not one (`Nginx`, `nginx:`). */
export function parseImageReference(image: string): ImageReference | undefined {
  const at = image.indexOf('@');
  const digest = at < 0 ? '' : image.slice(at + 1);
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : digest ? '' : 'latest';
  const path = hasTag ? named.slice(0, colon) : named;
  const slash = path.indexOf('/');
  const host = slash < 0 ? '' : path.slice(0, slash);
  const isHost = namesHost(host);
  const registry = isHost && host !== 'index.docker.io' ? host : 'docker.io';
  const rest = isHost ? path.slice(slash + 1) : path;
  const repository = registry === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  const valid = PATH.test(rest) && (!hasTag || TAG.test(tag)) && (at < 0 || DIGEST.test(digest));
  if (!valid || (isHost && !HOST.test(path))) return undefined;
  const full = `${registry}/${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
  return { registry, repository, tag, digest, full };
}

/** What is wrong with a text that is no image reference. Follows ParseNormalizedNamed. */
export function referenceProblem(image: string): string {
  const slash = image.indexOf('/');
  const host = image.slice(0, Math.max(0, slash));
  const isHost = slash >= 0 && namesHost(host);
  const rest = isHost ? image.slice(slash + 1) : image;
  const isOfficial = (!isHost || host === 'docker.io') && !rest.includes('/');
  const path = `${isOfficial ? 'library/' : ''}${rest}`.split(':')[0] as string;
  const invalid = 'invalid reference format';
  return path === path.toLowerCase() ? invalid : `${invalid}: repository name (${path}) must be lowercase`;
}

/** True when a path matches a pattern in which `*` stands for any characters within one of its names. */
export function matchesPath(pattern: string, path: string): boolean {
  const [wanted, names] = [pattern.split('/'), path.split('/')];
  return wanted.length === names.length && wanted.every((part, index) => matchesGlob(part, names[index] as string));
}

/** True when `text` matches a pattern in which `*` stands for any characters. */
export function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === text;
  const first = parts[0] as string;
  const last = parts[parts.length - 1] as string;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, position);
    if (found < 0 || found + part.length > end) return false;
    position = found + part.length;
  }
  return true;
}
