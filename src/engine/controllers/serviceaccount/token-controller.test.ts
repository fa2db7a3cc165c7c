import { expect, it } from 'vitest';
import { createTerminal, type Terminal } from '../../../testing/terminal';

const SECRET =
  '{apiVersion: v1, kind: Secret, type: kubernetes.io/service-account-token, metadata: {name: token, annotations: {kubernetes.io/service-account.name: robot}}}';

function newTerminal(): Terminal {
  const terminal = createTerminal({ nodes: 0 });
  terminal.world.runFor(100);
  return terminal;
}

const keys = (terminal: Terminal): string[] =>
  Object.keys((terminal.world.find('Secret', 'default', 'token') as { data?: object } | undefined)?.data ?? {}).sort();

it('a Secret for a token is filled, names its account, and goes with it', () => {
  const terminal = newTerminal();
  terminal.run('create serviceaccount robot');
  terminal.run('create -f -', SECRET);
  terminal.world.runFor(1000);
  expect(keys(terminal)).toEqual(['ca.crt', 'namespace', 'token']);
  const { uid } = terminal.world.get('ServiceAccount', 'default', 'robot').metadata;
  const { annotations } = terminal.world.get('Secret', 'default', 'token').metadata;
  expect(annotations?.['kubernetes.io/service-account.uid']).toBe(uid);
  terminal.run('delete serviceaccount robot');
  terminal.world.runFor(1000);
  expect(terminal.world.find('Secret', 'default', 'token')).toBeUndefined();
});

it('a Secret for the token of nobody is deleted', () => {
  const terminal = newTerminal();
  terminal.run('create -f -', SECRET);
  terminal.world.runFor(1000);
  expect(terminal.world.find('Secret', 'default', 'token')).toBeUndefined();
});
