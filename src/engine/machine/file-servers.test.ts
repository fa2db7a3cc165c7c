import { describe, expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';
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

it('http.server of Python writes what it is asked into its log', () => {
  const { world, run } = createTerminal({
    documents: `apiVersion: v1
kind: Pod
metadata: {name: py}
spec: {containers: [{name: c, image: "python:3.12", workingDir: /w, command: [sh, -c, "echo hello > f.txt; exec python -m http.server 8000"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cli}
spec: {containers: [{name: c, image: curlimages/curl, command: [sleep, infinity]}]}
`,
  });
  world.runUntil(20_000);
  const ip = (name: string) => run(`get pod ${name} -o jsonpath={.status.podIP}`).stdout;
  const server = ip('py');
  const ask = (rest: string) => run(`exec cli -- curl -s ${rest}`).stdout;
  expect(ask(`http://${server}:8000/f.txt`)).toBe('hello\n');
  ask(`http://${server}:8000/nope?x=1`);
  ask(`-X POST http://${server}:8000/`);
  const before = `${ip('cli')} - - [TIME] `;
  expect(run('logs py').stdout.replace(/\[\d\d\/[A-Z][a-z]{2}\/\d{4} \d\d:\d\d:\d\d\]/g, '[TIME]')).toBe(
    [
      '"GET /f.txt HTTP/1.1" 200 -',
      'code 404, message File not found',
      '"GET /nope?x=1 HTTP/1.1" 404 -',
      `code 501, message Unsupported method ('POST')`,
      '"POST / HTTP/1.1" 501 -',
    ]
      .map((line) => `${before}${line}\n`)
      .join(''),
  );
});
