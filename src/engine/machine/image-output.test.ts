import { expect, test } from 'vitest';
import type { Pod } from '../api/types';
import { etcFiles, withoutEtcFiles } from './etc-files';
import { accessLine, serverOutput } from './image-output';

const MOMENT = { now: '2026-01-01T00:00:14Z', ms: 0, ip: '10.244.0.2', host: 'web', ports: [80], tag: '' };
const REQUEST = { client: '10.244.1.2', method: 'GET', path: '/a', status: 200, bytes: 615, agent: 'Wget' };

test.each([
  ['nginx', '10.244.1.2 - - [01/Jan/2026:00:00:14 +0000] "GET /a HTTP/1.1" 200 615 "-" "Wget" "-"\n'],
  ['wordpress', '10.244.1.2 - - [01/Jan/2026:00:00:14 +0000] "GET /a HTTP/1.1" 200 615 "-" "Wget"\n'],
  ['httpd', '10.244.1.2 - - [01/Jan/2026:00:00:14 +0000] "GET /a HTTP/1.1" 200 615\n'],
  ['redis', undefined],
])('the access log of %s', (name, line) => {
  expect(accessLine(name, REQUEST, MOMENT)).toBe(line);
});

test('files of /etc: hosts with aliases, the name, the servers; a program keeps those that it has changed', () => {
  const pod = {
    metadata: { name: 'web' },
    spec: { containers: [], hostAliases: [{ ip: '1.2.3.4', hostnames: ['db', 'cache'] }] },
  } as unknown as Pod;
  const resolver = {
    servers: ['10.96.0.10'],
    searches: ['x.svc.cluster.local', 'cluster.local'],
    ndots: 5,
    options: ['ndots:5'],
  };
  const etc = etcFiles(pod, '10.244.0.2', 'web', resolver);
  expect(etc['/etc/hosts']).toMatch(
    /\n10\.244\.0\.2\tweb\n\n# Entries added by HostAliases\.\n1\.2\.3\.4\tdb\tcache\n$/,
  );
  expect(etc['/etc/hostname']).toBe('web\n');
  expect(etc['/etc/resolv.conf']).toBe(
    'search x.svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
  );
  expect(withoutEtcFiles({ ...etc, '/etc/hostname': 'other\n', '/a': '' }, etc)).toEqual({
    '/etc/hostname': 'other\n',
    '/a': '',
  });
});

test.each([
  ['mysql', '  port: 7000  '],
  ['postgres', 'address "::", port 7000\n'],
  ['redis', 'port=7000.'],
])('%s says where it listens', (name, said) => {
  const moment = { ...MOMENT, ports: [7000] };
  expect(serverOutput(name, 'start', moment)?.text).toContain(said);
});
