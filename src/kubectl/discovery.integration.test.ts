/** Lists of a real 1.36.3 cluster. */
import { describe, expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

describe('kubectl api-resources', () => {
  it('lists every kind of 1.36 and says which are only named', () => {
    const { run } = createTerminal();
    const { stdout, stderr } = run('api-resources');
    expect(stdout.trimEnd().split('\n')).toHaveLength(68);
    expect(stdout).toContain(
      '\npods                                po           v1                                true         Pod\n',
    );
    expect(stderr).toMatch(/^kubestep: not simulated: .*certificatesigningrequests/);
    expect(run('api-resources --api-group=apps -o name').stdout).toBe(
      'controllerrevisions.apps\ndaemonsets.apps\ndeployments.apps\nreplicasets.apps\nstatefulsets.apps\n',
    );
    expect(run('api-resources --verbs=deletecollection -o name').stdout).not.toMatch(/^namespaces$/m);
    expect(run('api-resources --categories=api-extensions -o name').stdout.split('\n')).toHaveLength(9);
    expect(run('api-versions').stdout.split('\n')).toContain('events.k8s.io/v1');
  });

  it('says that the namespace is missing where an object is asked for in it', () => {
    const { run } = createTerminal();
    expect(run('label -n nosuch pod p a=b').stderr).toBe(
      'Error from server (NotFound): namespaces "nosuch" not found\n',
    );
    expect(run('get pod p').stderr).toBe('Error from server (NotFound): pods "p" not found\n');
  });
});
