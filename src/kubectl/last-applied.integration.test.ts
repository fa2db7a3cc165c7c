import { describe, expect, it } from 'vitest';
import { createTerminal, NGINX, type Terminal } from '../testing/terminal';

const MAP = (name: string, value: string): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data: { k: value } });

const said = ({ run }: Terminal, command: string, stdin?: string): string => {
  const { stdout, stderr } = run(command, stdin);
  return stdout + stderr;
};

describe('apply set-last-applied', () => {
  it('sets the annotation to what the file holds, once', () => {
    const terminal = createTerminal({});
    said(terminal, 'apply -f -', MAP('c', 'old'));
    expect(said(terminal, 'apply set-last-applied -f -', MAP('c', 'new'))).toBe('configmap/c configured\n');
    expect(said(terminal, 'apply set-last-applied -f -', MAP('c', 'new'))).toBe(
      'set-last-applied c: no changes required.\n',
    );
    expect(said(terminal, 'apply view-last-applied cm c')).toContain('  k: new\n');
    expect(said(terminal, 'get cm c -o yaml')).toContain('last-applied-configuration: |\n');
    expect(said(terminal, 'get cm c -o jsonpath={.data.k}')).toBe('old');
  });

  it('makes an annotation only when told to', () => {
    const terminal = createTerminal({});
    said(terminal, 'create configmap c');
    expect(said(terminal, 'apply set-last-applied -f -', MAP('c', 'x'))).toBe(
      'error: no last-applied-configuration annotation found on resource: c, to create the annotation, run the command with --create-annotation\n',
    );
    expect(said(terminal, 'apply set-last-applied -f - --create-annotation', MAP('c', 'x'))).toBe(
      'configmap/c configured\n',
    );
    expect(said(terminal, 'apply set-last-applied -f -', MAP('gone', 'x'))).toBe(
      'Error from server (NotFound): configmaps "gone" not found\n',
    );
  });
});

describe('get --subresource=scale', () => {
  it('shows a Scale', () => {
    const terminal = createTerminal({});
    said(terminal, 'apply -f -', NGINX);
    expect(said(terminal, 'get deploy nginx --subresource=scale')).toMatch(
      /^NAME {4}DESIRED {3}AVAILABLE {3}AGE\nnginx {3}\d/,
    );
    expect(said(terminal, 'get deploy nginx --subresource=scale -o jsonpath={.kind}/{.status.selector}')).toMatch(
      /^Scale\/app=/,
    );
    const missing = 'Error from server (NotFound): the server could not find the requested resource\n';
    said(terminal, 'create configmap c');
    expect(said(terminal, 'get cm c --subresource=scale')).toBe(missing);
    expect(said(terminal, 'get deploy nginx --subresource=foo')).toBe(missing);
    expect(said(terminal, 'get deploy nginx --subresource=status')).toMatch(/^NAME {4}READY/);
    expect(said(terminal, 'get deploy --subresource=status')).toBe(
      'error: subresource cannot be used when bulk resources are specified\n',
    );
  });
});

describe('set env', () => {
  it.each([
    [
      '1B=c',
      `error: "1B" is not a valid key name: a valid environment variable name must consist of alphabetic characters`,
    ],
    ['..=c', `error: ".." is not a valid key name: must not be '..'`],
  ])('%s', (pair, problem) => {
    const terminal = createTerminal({});
    said(terminal, 'apply -f -', NGINX);
    expect(said(terminal, `set env deploy/nginx ${pair}`)).toContain(problem);
  });
});
