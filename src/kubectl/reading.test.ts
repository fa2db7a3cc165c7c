import { describe, expect, it } from 'vitest';
import { isReading } from './reading';
import { COMMANDS, findCommand } from './registry';

describe('isReading', () => {
  it.each([
    'get pods',
    'kubectl get pods',
    'k get po',
    '-n x get pods',
    'kubectl -n x get pods -o wide',
    'kubectl --namespace=x get pods | grep web',
    'k --insecure-skip-tls-verify get po',
    'describe pod web',
    'events',
    'api-resources',
    'version',
    'explain pods',
    'logs web -f',
    'top nodes',
    'auth can-i list pods',
    'rollout status deploy/web',
    'rollout history deploy/web',
    'wait --for=condition=Ready pod/web',
    'apply view-last-applied deploy/web',
    'delete pod web --dry-run=client',
    'delete pod web --dry-run',
    'apply -f - --dry-run=server',
    'run a --image=b --dry-run=client -o yaml',
    'create deployment a --image=b --dry-run=true',
    'drain node-1 --dry-run=server',
    'set image deploy/web a=b --local',
    'set env deploy/web --list',
    'label pod web --list',
    'annotate pod web --list',
    'delete --help',
    '',
    'frobnicate everything',
    'get "pods',
    'delete pods --no-such-flag',
    'run a',
    'edit deploy/web',
  ])('reads: %s', (line) => {
    expect(isReading(line, findCommand)).toBe(true);
  });

  it.each([
    'delete pod web',
    'kubectl -n get delete pod web',
    'k delete po get',
    'apply -f -',
    'run get --image=b',
    'delete pod web --dry-run=none',
    'delete pod web --dry-run=false',
    'scale deploy/web --replicas=3',
    'rollout undo deploy/web',
    'rollout restart deploy/web',
    'label pod web a=b',
    'annotate pod web a=b',
    'set env deploy/web A=b',
    'set image deploy/web a=b',
    'edit deploy/web <<EOF\na: b\nEOF',
    'cordon node-1',
    'drain node-1',
    'taint node node-1 a=b:NoSchedule',
    'patch pod web -p {}',
    'expose deploy web',
    'create ns a | grep created',
  ])('changes: %s', (line) => {
    expect(isReading(line, findCommand)).toBe(false);
  });

  it('is said by every command that has no dry run', () => {
    const silent = COMMANDS.filter(
      ({ reads, flags }) => reads === undefined && !flags.some(({ name }) => name === 'dry-run'),
    ).map(({ path }) => path);
    expect(silent).toEqual([
      'debug',
      'rollout pause',
      'rollout restart',
      'rollout resume',
      'exec',
      'cp',
      'config use-context',
      'config set-context',
    ]);
  });
});
