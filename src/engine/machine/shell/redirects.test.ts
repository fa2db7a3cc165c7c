/** Clients that are sent on. */
import { expect, it } from 'vitest';
import type { ShellNetwork } from '../network-face';
import { NO_NETWORK } from './network-options';
import { hostWith, play } from './shell-player';

const network: ShellNetwork = {
  ...NO_NETWORK,
  lookUp: (name) => ({ kind: 'found', name, aliases: [], addresses: ['10.0.0.1'] }),
  send: ({ path, scheme }) => {
    if (path === '/ring') return { status: 302, location: '/ring', latencyMs: 1 };
    if (scheme === 'http') return { status: 308, location: `https://web${path}`, latencyMs: 1, body: '' };
    return path === '/' ? { status: 302, location: '/in', latencyMs: 1 } : { status: 200, latencyMs: 1, body: path };
  },
};
const run = (text: string) => play(text, hostWith({}, { holds: () => true, network }));

it.each([
  ['wget -qO- http://web', '/in', 3, 0],
  ['wget -S -O /dev/null http://web/a 2>&1 | grep -v saved', 'Connecting to web (10.0.0.1:80)', 2, 0],
  ['wget -qO- http://web/ring', 'wget: too many redirections', 21, 1],
  ['curl -s http://web', '', 1, 0],
  ['curl -sL http://web', '/in', 3, 0],
  ['curl -sIL http://web/a', 'HTTP/1.1 308 Permanent Redirect', 2, 0],
  ['curl -L -w "%{http_code}" -o /dev/null http://web', '200', 3, 0],
  ['curl -L http://web/ring', 'curl: (47) Maximum (20) redirects followed', 21, 47],
])('%s', (text, line, sleptMs, status) => {
  const { output, sleptMs: took, end } = run(`${text}; exit $?`);
  expect(output.split('\n')[0]?.trim()).toBe(line);
  expect([took, end]).toEqual([sleptMs, `exit ${status}`]);
});
