import { expect, it } from 'vitest';
import { COMMANDS } from '../kubectl/registry';
import { KUBECTL_COMMANDS, kubectlLine } from './kubectl-line';

it('the first words are those of kubectl', () => {
  const first = COMMANDS.flatMap(({ path }) => path.split(' ')[0] ?? []);
  expect(KUBECTL_COMMANDS).toEqual([...new Set(first)].sort());
});

it.each([
  ['kubectl get pods', { command: 'get pods', named: true }],
  ['  kubectl   get pods -o wide ', { command: 'get pods -o wide', named: true }],
  ['kubectl nonsense', { command: 'nonsense', named: true }],
  ['drain node-1', { command: 'drain node-1', named: false }],
  ['api-resources --namespaced', { command: 'api-resources --namespaced', named: false }],
  ['scale deployment/web --replicas=5', { command: 'scale deployment/web --replicas=5', named: false }],
  ['taint node node-1 a=b:NoExecute', { command: 'taint node node-1 a=b:NoExecute', named: false }],
  // kubectl could not do these, and a menu can.
  ['scale web 5', undefined],
  ['taint node-1', undefined],
  ['kubectl', undefined],
  ['drain', undefined],
  ['drained node-1', undefined],
  ['web', undefined],
  ['', undefined],
])('%j is for kubectl: %j', (text, line) => {
  expect(kubectlLine(text)).toEqual(line);
});
