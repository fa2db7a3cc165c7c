import { describe, expect, it } from 'vitest';
import { fileServer } from './file-servers';

describe('a server of files that a command line begins', () => {
  it.each([
    ['python3 -m http.server', 8000, ''],
    ['python -m http.server 8080', 8080, ''],
    ['python3.12 -u -m http.server 80 --directory /srv/www/', 80, '/srv/www'],
    ['python3 -m http.server -d public 9000', 9000, '/public'],
    ['httpd -f -p 8080 -h /www', 8080, '/www'],
    ['httpd -fv -p 0.0.0.0:81', 81, ''],
    ['httpd -f', 80, ''],
  ])('%s', (line, port, root) => expect(fileServer(line.split(' '), 'busybox')).toEqual({ port, root }));

  it('serves from where the text of a shell, or its container, has gone', () => {
    const text = (line: string, at?: string) => fileServer(['sh', '-c', line], 'debian', at)?.root;
    expect(text('mkdir /d; cd /d && cd "sub"; exec python3 -m http.server 80')).toBe('/d/sub');
    expect(text('cd www; python3 -m http.server 80 & sleep 9', '/app')).toBe('/app/www');
    expect(text('python3 -m http.server 80; cd /later', '/app')).toBe('/app');
  });

  it('is none where something else is run', () => {
    expect(fileServer(['python3', 'app.py', '8080'], 'debian')).toBeUndefined();
    expect(fileServer(['httpd', '-D', 'FOREGROUND'], 'debian')).toBeUndefined();
  });
});
