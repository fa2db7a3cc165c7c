import { describe, expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const ADVICE = `All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
`;
const deleted = (type: string, name: string): string => `${type} "${name}" deleted from default namespace\n`;
const RUN = '--image=busybox:1 --restart=Never';

describe('kubectl run that attaches', () => {
  const { run } = createTerminal({ nodes: 1 });
  // Asked of a real cluster; but for `two`, which its fake runtime does not stream.
  it.each<[line: string, stdout: string, stderr: string, code: number]>([
    [`run a ${RUN} -it --rm -- echo hello`, `hello\n${deleted('pod', 'a')}`, '', 0],
    [
      `run c ${RUN} -i --rm -- sh -c "echo one; sleep 4; echo two; exit 3"`,
      `one\ntwo\n${deleted('pod', 'c')}`,
      `${ADVICE}pod default/c terminated (Error)\n`,
      3,
    ],
    [`run d ${RUN} --attach -q -- sh -c "sleep 3; exit 2"`, '', 'pod default/d terminated (Error)\n', 2],
    ['run e --image=busybox:1 -iq --rm --restart=OnFailure -- sh -c "sleep 3; echo two"', 'two\n', '', 0],
    [
      `run g ${RUN} -i --rm --expose --port=80 -- sh -c "sleep 3; echo two"`,
      `service/g created\ntwo\n${deleted('pod', 'g')}${deleted('service', 'g')}`,
      ADVICE,
      0,
    ],
    ['run i --image=busybox:1 -i --rm -- sh -c "echo one; sleep 3"', `one\n${deleted('pod', 'i')}`, ADVICE, 0],
    [
      `run k ${RUN} --rm --attach --leave-stdin-open -- sh -c "echo one; sleep 3; exit 4"`,
      `one\n${deleted('pod', 'k')}`,
      ADVICE,
      0,
    ],
    [`run q ${RUN} -i --attach=false -- true`, 'pod/q created\n', '', 0],
    [
      `run r ${RUN} -i --attach=false --rm -- true`,
      '',
      "error: --rm should only be used for attached containers\nSee 'kubectl run -h' for help and examples\n",
      1,
    ],
    [`run l ${RUN} --rm -i -n nope -- true`, '', 'Error from server (NotFound): namespaces "nope" not found\n', 1],
    [
      `run h ${RUN} --rm -i --pod-running-timeout=5s --override-type=strategic --overrides='{"spec":{"nodeSelector":{"a":"b"}}}'`,
      deleted('pod', 'h'),
      'error: timed out waiting for the condition\n',
      1,
    ],
    ['get pods -o name', 'pod/d\npod/q\n', '', 0],
  ])('%s', (line, stdout, stderr, code) => {
    expect(run(line)).toMatchObject({ stdout, stderr, code });
  });

  it('shows what has no end of line as it comes, and adds none; a log has it at the end', () => {
    const line = 'printf foo; sleep 5; printf -; printf err >&2; sleep 5; echo baz; printf end; sleep 1; exit 3';
    expect(run(`run o ${RUN} -iq -- sh -c "sleep 3; ${line}"`).stdout).toBe('foo-errbaz\nend');
    expect(run('logs o').stdout).toBe('foo-baz\nend\nerr\n');
    run(`run open ${RUN} -- sh -c "printf early; while sleep 0.5; do printf OK; done"`);
    run('wait --for=condition=Ready pod/open');
    expect(run('timeout 3s kubectl attach open').stdout).toMatch(/^(OK){5,6}$/);
    expect(run('logs open').stdout).toBe('');
  });

  it('hands standard input to the container', () => {
    expect(run(`run s ${RUN} -iq --rm -- sh -c "read x; echo got $x"`, 'word\n')).toMatchObject({
      stdout: `got word\n`,
      code: 0,
    });
  });

  // What attach.go of kubectl 1.36.3 says to somebody at a terminal, and to a pipe.
  it('says how to come back to a terminal, and that a pipe is none', () => {
    const box = '--image=busybox:1 --restart=Never -it -- sh -c "sleep 3; echo done"';
    const ended = (pod: string): string =>
      `Session ended, resume using 'kubectl attach ${pod} -c ${pod} -n default -i -t' command\n`;
    expect(run(`run t ${box}`)).toMatchObject({ stdout: `done\n${ended('t')}`, stderr: ADVICE, code: 0 });
    expect(run(`run u ${box}`, 'line\n')).toMatchObject({
      stdout: 'done\n',
      stderr: `Unable to use a TTY - input is not a terminal or the right kind of file\n${ADVICE}`,
    });
    expect(run(`run v -q ${box}`).stdout).toBe('done\n');
    expect(run(`run w --image=busybox:1 --restart=Never -i -- sh -c "sleep 3; echo done"`).stdout).toBe('done\n');
    run('run x --image=busybox:1 --restart=Never -it --attach=false -- sh -c "sleep 5; echo done"');
    run('wait --for=condition=Ready pod/x');
    expect(run('attach x -i').stdout).toContain(ended('x'));
  });

  it('says so when the Pod goes away', () => {
    const terminal = createTerminal({ nodes: 1 });
    terminal.type(`run z ${RUN} -i --image-pull-policy=Never`);
    terminal.run('delete pod z --force');
    terminal.world.runFor(2_000);
    const record = terminal.records().find(({ command }) => command.startsWith('run z'));
    expect(record).toMatchObject({ stderr: 'Error from server (NotFound): pods "" not found\n', code: 1 });
  });
});
